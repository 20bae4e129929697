"""The label sets of every head, in the order of the weights. The engine reads them from heads.json."""

from stemma.model import MODES, Certainty, ClaimType, Counted, EntityKind, Role, SourceKind, Status

SPAN_KINDS = [str(k) for k in EntityKind] + ["source", "time", "count", "cue"]
TYPES = [str(t) for t in ClaimType]
MODE_NAMES = [f"{t}/{m}" for t, ms in MODES.items() for m in ms]
ROLES = [str(r) for r in Role]
# What a span can be to a claim: a role, its source, time, place or hedge word, a count of each kind.
LINKS = ROLES + ["source", "time", "place", "cue"] + [f"count:{c}" for c in Counted]
STATUSES = [str(s) for s in Status]
CERTAINTIES = [str(c) for c in Certainty]
SOURCE_KINDS = [str(k) for k in SourceKind]
ATTRIBUTION = ["source", "cue", "content"]
MUC_ROLES = ["individual", "organisation", "target", "victim", "weapon"]
_WIKIEVENTS = [
    "Conflict.Attack",
    "Life.Die",
    "Contact.Contact",
    "Life.Injure",
    "Movement.Transportation",
    "Justice.ArrestJailDetain",
    "ArtifactExistence.DamageDestroyDisableDismantle",
    "Justice.ChargeIndict",
    "Justice.InvestigateCrime",
    "ArtifactExistence.ManufactureAssemble",
    "GenericCrime.GenericCrime",
    "Cognitive.IdentifyCategorize",
    "Justice.Sentence",
    "Justice.Convict",
    "Transaction.ExchangeBuySell",
    "Justice.TrialHearing",
    "Cognitive.Inspection",
    "Conflict.Demonstrate",
    "Contact.RequestCommand",
    "Contact.ThreatenCoerce",
    "Medical.Intervention",
    "Justice.ReleaseParole",
    "Control.ImpedeInterfereWith",
    "Disaster.DiseaseOutbreak",
    "Personnel.EndPosition",
    "Personnel.StartPosition",
]
_ACE = [
    "Conflict:Attack",
    "Movement:Transport",
    "Life:Die",
    "Contact:Meet",
    "Conflict:Demonstrate",
    "Justice:Arrest-Jail",
    "Contact:Phone-Write",
    "Transaction:Transfer-Money",
]
EVENT_TYPES = _WIKIEVENTS + [f"ACE.{name}" for name in _ACE]
_WIKIEVENTS_ROLES = [
    "Victim",
    "Place",
    "Target",
    "Participant",
    "Attacker",
    "Defendant",
    "ExplosiveDevice",
    "Communicator",
    "Detainee",
    "Artifact",
    "PassengerArtifact",
    "Destination",
    "Killer",
    "Instrument",
    "Recipient",
    "Investigator",
    "Topic",
    "Components",
    "Vehicle",
    "Jailer",
    "JudgeCourt",
    "Transporter",
    "AcquiredEntity",
    "Origin",
    "Injurer",
    "IdentifiedObject",
    "Identifier",
    "IdentifiedRole",
    "Perpetrator",
    "Prosecutor",
    "ObservedEntity",
    "Giver",
    "Observer",
    "Patient",
    "ManufacturerAssembler",
    "Demonstrator",
    "PaymentBarter",
    "Impeder",
    "Employee",
    "Subject",
    "Destroyer",
    "Treater",
]
_ACE_ROLES = [
    "Place",
    "Entity",
    "Target",
    "Attacker",
    "Victim",
    "Artifact",
    "Agent",
    "Destination",
    "Origin",
    "Person",
    "Instrument",
    "Vehicle",
    "Recipient",
    "Giver",
]
EVENT_ROLES = _WIKIEVENTS_ROLES + [f"ACE.{name}" for name in _ACE_ROLES]
# Distance in words from trigger to span, signed: the buckets' upper edges.
DISTANCES = [-120, -60, -30, -18, -11, -7, -4, -2, 0, 2, 4, 7, 11, 18, 30, 60, 120]
MAX_WIDTH = 24
EVENT_WIDTH = 10  # words of the longest argument of the public event sets that is looked for


def all_labels() -> dict:
    return {
        "span_kinds": SPAN_KINDS,
        "types": TYPES,
        "modes": MODE_NAMES,
        "links": LINKS,
        "statuses": STATUSES,
        "certainties": CERTAINTIES,
        "source_kinds": SOURCE_KINDS,
        "attribution": ATTRIBUTION,
        "muc_roles": MUC_ROLES,
        "event_types": EVENT_TYPES,
        "event_roles": EVENT_ROLES,
        "distances": DISTANCES,
        "max_width": MAX_WIDTH,
        "event_width": EVENT_WIDTH,
    }
