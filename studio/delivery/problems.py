"""Why a delivery did not work: the cause in a plain sentence, and what to do about it."""

from studio.definition.errors import DomainError
from studio.definition.findings import Finding
from studio.definition.sentences import N_, Sentence


class DeliveryProblem(DomainError):
    """Handing over an app did not work. `remedy` says what to do. HTTP 502."""

    def __init__(self, sentence: Sentence, remedy: Sentence) -> None:
        super().__init__(sentence)
        self.remedy = remedy


class RuntimeDown(DeliveryProblem):
    """The environment does not answer."""

    def __init__(self, environment: Sentence) -> None:
        super().__init__(
            Sentence(N_("The environment %(environment)s does not answer."), {"environment": environment}),
            Sentence(
                N_("Try again in a moment. If it still does not answer, tell whoever runs the environment.")
            ),
        )


class WrongKey(DeliveryProblem):
    """The environment does not accept Studio's key."""

    def __init__(self, environment: Sentence) -> None:
        super().__init__(
            Sentence(N_("%(environment)s does not accept Studio's key."), {"environment": environment}),
            Sentence(N_("Ask an administrator to give Studio and the environment the same key.")),
        )


class StorageFull(DeliveryProblem):
    """The environment could not keep what it was handed."""

    def __init__(self, environment: Sentence) -> None:
        super().__init__(
            Sentence(
                N_("%(environment)s could not store the files of the app."), {"environment": environment}
            ),
            Sentence(
                N_("Its disk may be full. Tell whoever runs the environment, and deploy again afterwards.")
            ),
        )


class NotAccepted(DeliveryProblem):
    """The environment answered, but refused; `reason` is what it said."""

    def __init__(self, environment: Sentence, reason: str) -> None:
        super().__init__(
            Sentence(
                N_("%(environment)s refused the app: %(reason)s"),
                {"environment": environment, "reason": reason},
            ),
            Sentence(
                N_("Deploy again. If it is refused once more, tell an administrator what it says here.")
            ),
        )


class DoesNotOpen(DeliveryProblem):
    """The app is in place, but its first page answers with an error."""

    def __init__(self, environment: Sentence, status: int) -> None:
        super().__init__(
            Sentence(
                N_("The app was put into %(environment)s, but its first page answers with error %(status)s."),
                {"environment": environment, "status": status},
            ),
            Sentence(N_("Look at the app in the preview, correct it, and deploy again.")),
        )


class Interrupted(DeliveryProblem):
    """Studio stopped while it worked on this, several times."""

    def __init__(self) -> None:
        super().__init__(
            Sentence(N_("Studio was stopped while it was working on this.")), Sentence(N_("Deploy again."))
        )


class Unexpected(DeliveryProblem):
    """A fault of ours; it is in the log."""

    def __init__(self) -> None:
        super().__init__(
            Sentence(N_("Something went wrong in Studio. The fault is ours and has been recorded.")),
            Sentence(N_("Deploy again. If it happens once more, tell an administrator.")),
        )


class CheckFailed(DeliveryProblem):
    """The app has errors, so it cannot be made into a release. `findings` are the errors."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            Sentence(
                N_("The app has %(count)s errors that must be corrected first."), {"count": len(findings)}
            )
            if len(findings) != 1
            else Sentence(N_("The app has one error that must be corrected first.")),
            Sentence(N_("Correct what the list says, share your changes, and deploy again.")),
        )
        self.findings = findings


class AlreadyDeploying(DomainError):
    """Somebody else is putting this app into the same environment at this moment. HTTP 409."""

    def __init__(self, person: str) -> None:
        super().__init__(
            Sentence(
                N_("%(person)s is changing what is in use here. Wait until that is done, and look again."),
                {"person": person},
            )
        )


class ClaimLost(Exception):
    """Another worker has taken over this deployment; the one that raises this stops without a trace."""
