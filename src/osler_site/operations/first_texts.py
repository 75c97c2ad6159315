"""The first wording of the managed pages; publishers change it in the site."""

POLICY = """
<h2>Where the text comes from</h2>
<p>Every sentence is composed from a passage of a document that this hospital chose for its
library, and carries the number of that passage. Open a number to read the passage in its place.
No language model writes these pages unless the page says so.</p>
<h2>How it is checked</h2>
<p>Before a sentence is shown, its amounts, units, routes, intervals and patient groups are
compared with the passage by a program. What does not agree is not shown, with one exception: an
editor may record why a sentence of an article stands although the program objects. Such an article
is shown only once the medical board has approved it, and the sentence carries the objection, the
editor's name and the reason. Titles, callouts and other text without a number may state no dose.
Where sources disagree, their positions stand side by side.</p>
<h2>How it is reviewed</h2>
<ol><li><b>Submitted</b>: an editor has taken the answer up and sent it to the medical board.</li>
<li><b>Under Review</b>: a named member of the board is reading each sentence beside its
passage, and every title and callout.</li>
<li><b>Approved</b>: a clinician who did not submit it has signed it off, with the date of the
next review and a declaration of interests.</li></ol>
<p>Until then the page says that it awaits review and is for education only.</p>
<h2>How it stays true</h2>
<p>When a cited source is superseded, retracted or removed, or the library now answers
differently, the page says so at once and returns to the board.</p>
<h2>Report a problem</h2>
<p>Every sentence can be reported; reports reach the editors.</p>
"""

TEXTS = (
    (
        "About",
        "about",
        "<p>Osler answers clinical questions from the documents in this hospital's own library. "
        "It supports a clinician's judgement and does not replace it. Where the library is "
        "silent, it says so.</p>",
    ),
    (
        "Privacy",
        "privacy",
        "<p>Questions are answered on this hospital's own server. Nothing is sent elsewhere "
        "unless an administrator has configured it. The text of questions is kept with the answers "
        "so that their addresses stay, and is not written to the logs. Names, numbers, dates and "
        "addresses that tell who a patient is are left out before anything is kept, as far as a "
        "program finds them; the page says what was left out. "
        "What is answered on the page of a pathway is not kept at all. "
        "Do not type a patient's name, number or date of birth all the same.</p>"
        "<p>Of readers without an account nothing is kept but the permanent address of an "
        "answer. Who signs in has a history of their own, which nobody else sees, and which they "
        "can take along or delete.</p>",
    ),
    (
        "Accessibility",
        "accessibility",
        "<p>These pages aim at WCAG 2.2, level AA: they work by keyboard, with a screen reader, "
        "without scripts, in light and dark, on a phone and on paper. Tell us where they do "
        "not.</p>",
    ),
)
