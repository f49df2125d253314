"""Why something may not be done, asked for, or decided before it is approved inside."""

from shared.errors import Conflict, Forbidden, Invalid


class ApprovalRequired(Conflict):
    """An institution has put approvals of its own in front of the act."""

    en = 'Your organisation approves the {act} first. {how} Next is step {step} of {steps}, "{name}".'
    zh = "本单位规定“{act}”须先经内部审批。{how}下一环节：第 {step} 步（共 {steps} 步）“{name}”。"


class ApprovedElsewhere(Conflict):
    """What an institution approves inside, nobody else hands in for it."""

    en = "That party approves this act inside first; only its own office can do it, once that is done."
    zh = "该方须先完成其单位内部审批，并由其本单位办理，他方不能代办。"


class NotApprovedHere(Invalid):
    """Only acts that a service names can have approvals in front of them."""

    en = "Approvals are put in front of these acts only: {acts}."
    zh = "仅下列事项可设置内部审批：{acts}。"


class PersonMissing(Invalid):
    """A step that waits for all of very many waits for nobody."""

    en = "Many people are {role}; a step in this role names the person (person_id)."
    zh = "“{role}”人数众多，由该角色审批的环节须指定人员（person_id）。"


class ChainThere(Conflict):
    """An organisation has one chain for an act."""

    en = "Your organisation has a chain for this act ({chain_id}); change that one."
    zh = "本单位已为该事项设置审批流程（{chain_id}），请修改该流程。"


class ChainEnded(Conflict):
    """A chain is ended once; it is in force again once it is changed."""

    en = "This chain is no longer in force; to have it again, change it."
    zh = "该审批流程已停用；如需恢复，请修改该流程。"


class NoChain(Conflict):
    """Nothing is approved where nobody asks for it."""

    en = "Your organisation has no chain in force for this act; just do it."
    zh = "本单位未对该事项设置审批流程，可直接办理。"


class NotYoursToAsk(Forbidden):
    """Who may not do an act does not ask for it either."""

    en = "This act is done, and its approval asked for, by: {roles}."
    zh = "该事项由以下角色办理并提出审批申请：{roles}。"


class AskedAlready(Conflict):
    """What was asked for and still counts is not asked for again."""

    en = "This was asked for already ({approval_id}) and is {status}."
    zh = "该事项已提出审批（{approval_id}），目前{status}。"


class ApprovalOver(Conflict):
    """A step is decided while the approval is open."""

    en = "This approval is {status}; only an open one is decided."
    zh = "该审批{status}，仅审批中的可办理。"


class StepOver(Conflict):
    """Steps are decided one after the other, each by those whose it is."""

    en = 'Now it is step {step}, "{name}"; look at it and decide that one.'
    zh = "当前为第 {step} 步“{name}”，请查看后按该环节办理。"


class NotYourStep(Forbidden):
    """A step is decided by whoever has its role, or by the person whom it names."""

    en = 'Step "{name}" is decided by the {role}, or by the person whom it names.'
    zh = "“{name}”环节由{role}或指定人员审批。"


class OwnRequest(Forbidden):
    """Nobody approves what they have asked for."""

    en = "Whoever asked for an approval does not decide on it; let somebody else do this step."
    zh = "申请人不得审批本人提出的申请，请由其他人员办理。"


class DecidedBefore(Forbidden):
    """Several steps are several people's, unless the chain says otherwise."""

    en = "You have approved an earlier step; this chain asks for somebody else at each."
    zh = "您已审批过前面的环节；该流程要求各环节由不同人员审批。"


class ReasonMissing(Invalid):
    """Who refuses says why."""

    en = "A refusal needs a reason: what would have to change?"
    zh = "不同意须填写理由，说明需修改之处。"
