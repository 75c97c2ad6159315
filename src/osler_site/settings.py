"""Django's settings, from the environment (see `environment.py` and docs/site.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

from osler_site.accounts.sso import single_sign_on
from osler_site.environment import environment

ENVIRONMENT = environment()
HERE = Path(__file__).parent
DATA = ENVIRONMENT.site_data

SECRET_KEY = ENVIRONMENT.key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
ROOT_URLCONF = "osler_site.urls"
ASGI_APPLICATION = "osler_site.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "osler_site.accounts",
    "osler_site.answers",
    "osler_site.articles",
    "osler_site.library_pages",
    "osler_site.catalogue",
    "osler_site.pathways",
    "osler_site.review",
    "osler_site.living",
    "osler_site.reports",
    "osler_site.history",
    "osler_site.desk",
    "osler_site.api",
    "osler_site.cds_hooks",
    "osler_site.fhir_api",
    "osler_site.operations",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "osler_site.accounts.managing.apps.ManagedUsers",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.syndication",
]

MIDDLEWARE = [
    "osler_site.accounts.middleware.known_address",  # before anything that logs or limits
    "osler_site.operations.observing.observed",
    "osler_site.operations.probes.probes",
    "osler_site.operations.middleware.guarded",
    "osler_site.operations.compression.compressed",
    "osler_site.catalogue.indexing.unlisted",
    "osler_site.operations.static_files.StaticFiles",
    # From here on everything is synchronous and in one thread (see `together`).
    "osler_site.operations.nul.without_nul",  # before a session is looked for by its cookie
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # on what is refused below, too
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "osler_site.accounts.middleware.inside_only",  # before "/admin" is told to add its slash
    "django.middleware.common.CommonMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "osler_site.accounts.middleware.enough_shown",
    "django.contrib.messages.middleware.MessageMiddleware",
    "osler_site.speaking.spoken",
    "osler_site.operations.middleware.together",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "osler_site.operations.context.site",
            ],
            "libraries": {"osler": "osler_site.presenting.tags"},
            "builtins": ["django.templatetags.i18n"],
        },
    }
]

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        ENVIRONMENT.database_url or f"sqlite:///{DATA / 'osler-site.db'}",
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue up at BEGIN instead of failing later; WAL lets readers go on meanwhile.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.db"}  # as real as the one it stands for
else:
    # Every request has a thread of its own under ASGI, so connections are kept in a pool instead.
    # What the address asks of the connection (`?sslmode=verify-full`) stays.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 10}

# The limits on log-ins are counted here, and a limit that each worker counts for itself is none;
# the database's `add` is atomic, which the file cache's is not.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "process": {  # for what may differ between workers
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "osler_site.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "osler_site.accounts.adapters.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_FORMS = {"reset_password": "osler_site.accounts.forms.PasswordLinkForm"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator or the provider vouches for addresses
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or authenticator is mailed to its owner
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{ENVIRONMENT.name}] "
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/15m/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = ENVIRONMENT.base_url.partition(":")[0]
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = ENVIRONMENT.name
MFA_TOTP_TOLERANCE = 1  # a code stays good for half a minute, as clocks and fingers need
MFA_RECOVERY_CODE_COUNT = 10
MFA_ALLOW_UNVERIFIED_EMAIL = True  # no one can sign up with another's address here
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # where the provider says that it checked the address
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": single_sign_on(ENVIRONMENT)}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600  # a shift: computers on a ward are shared
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "osler_site.operations.failures.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
# The editor sends some ten fields for each claim and citation; an overview has hundreds of them.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
if ENVIRONMENT.base_url.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.base_url]
if ENVIRONMENT.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LANGUAGE_CODE = ENVIRONMENT.language
TIME_ZONE = ENVIRONMENT.time_zone
USE_I18N = True
LOCALE_PATHS = [HERE / "locale"]
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [HERE / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "osler_site.operations.static_files.HashedNames"},
}
WHITENOISE_USE_FINDERS = True  # what is not collected (yet) is served under its plain name
WHITENOISE_MAX_AGE = 3600  # of plain names; hashed ones are kept for ever
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

if ENVIRONMENT.email_url:
    from osler_site.operations.mail import smtp_settings

    globals().update(smtp_settings(ENVIRONMENT.email_url))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"
DEFAULT_FROM_EMAIL = ENVIRONMENT.email_from

WAGTAIL_SITE_NAME = ENVIRONMENT.name
WAGTAILADMIN_BASE_URL = ENVIRONMENT.base_url
# One door: allauth's pages, with their limits and the second factor (see accounts/urls.py).
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False  # people choose theirs by a mailed link
# Nothing on the site needs an uploaded file; only superusers can upload at all.
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10_000_000
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 5_000_000
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_AUTOSAVE_INTERVAL = 0  # a version of an article is saved by someone, on purpose
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False  # what is shown while it awaits review goes on waiting
WAGTAIL_FINISH_WORKFLOW_ACTION = "osler_site.review.finishing.publish_signed"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# PostgreSQL would take the stems of its own locale's language; SQLite looks for words as they are.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}
}
WAGTAIL_I18N_ENABLED = False

LOGGING_CONFIG = "osler_site.operations.logs.configure"
LOGGING: dict[str, Any] = {
    "level": ENVIRONMENT.log_level,
    "questions": ENVIRONMENT.log_questions,
}
