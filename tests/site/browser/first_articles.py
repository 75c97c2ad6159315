"""Run by itself: takes up a few answers as people would, and prints where all of it is.

An editor submits, the site shows it meanwhile; a member of the board claims, judges and signs. One
article's source is superseded, one is withdrawn; a reader reports a problem; a question finds no
answer.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from pathlib import Path

from osler_site.operations.preparing import prepare_database

sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))
with contextlib.redirect_stdout(sys.stderr):
    prepare_database(print)

from changing import change, sign_off
from editions import first_edition, question, second_edition

from osler_site.accounts.models import User
from osler_site.answers.asking import ask
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.engine import engine
from osler_site.living.models import Finding
from osler_site.living.round import go_round
from osler_site.operations.people import Board, create
from osler_site.reports.keeping import keep
from osler_site.reports.subjects import subject_at
from osler_site.review.reviewing import claim
from osler_site.review.workflow import publish_for_readers, submit, withdraw

PASSWORD = "a long enough password"


def submitted(question: str, editor: User) -> ArticlePage:
    return publish_for_readers(submit(promote(ask(question), editor), editor))


def add(name: str, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(text, "utf-8")
        change(engine().folder, file)


def person(name: str, role: str, board: Board | None = None) -> User:
    email, full_name = f"{name}@example.org", f"{name.title()} Example"
    return create(name, PASSWORD, [role], email=email, full_name=full_name, board=board)


edith = person("edith", "editor")
rhea = person("rhea", "reviewer", Board("Pharmacist", "GPhC 0000000", "Medicines information"))
paula = person("paula", "publisher")

add("first.md", first_edition())
made = {
    "approved": submitted("What lithium monitoring is needed?", edith),
    "submitted": submitted("How is metformin dosed by eGFR?", edith),
    "under_review": submitted(
        "What is the maintenance dose of vitamin B12 after the loading phase?", edith
    ),
    "changed": submitted(question(), edith),
    "withdrawn": submitted("What is the dose of gentamicin once daily?", edith),
}
sign_off(made["approved"], rhea)
sign_off(made["changed"], rhea)
claim(made["under_review"].current_workflow_task_state, rhea)
withdraw(made["withdrawn"], paula, "The guideline it rests on was withdrawn by its publisher.")
add("second.md", second_edition())
go_round()
made["waiting"] = submitted("What monitoring does zolendrine need in gout?", edith)
draft = promote(ask("loading dose of vitamin B12"), edith)
ask("Is clarithromycin safe with simvastatin?")  # which the library does not answer

articles = {name: ArticlePage.objects.get(pk=page.pk) for name, page in made.items()}
about = subject_at(articles["submitted"].url, "c1")
assert about is not None
report = keep(about, kind="dose", words="The second line says 500 mg.", email="")
states = {name: page.current_workflow_task_state for name, page in articles.items()}
staff = {
    **{f"review_{name}": f"/review/{state.pk}/" for name, state in states.items() if state},
    **{f"publishing_{name}": f"/review/publishing/{page.pk}/" for name, page in articles.items()},
    **{f"finding_{one.kind}": f"/desk/findings/{one.pk}/" for one in Finding.objects.all()},
    "report": f"/desk/reports/{report.pk}/",
    "draft": f"/admin/pages/{draft.pk}/edit/",
}
print(json.dumps({"articles": {name: page.url for name, page in articles.items()}, "staff": staff}))
