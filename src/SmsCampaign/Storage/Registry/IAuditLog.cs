namespace SmsCampaign.Storage.Registry;

/// <summary>
/// The chain over the registry's records: approvals, what was submitted, refused and withdrawn, decisions, events,
/// resolutions, lane stops, what persons order of what is sent, and what they ask of the process that sends. A row is
/// appended together with the record it is about; each holds an HMAC over the one before, under a key that is not among
/// the records.
/// </summary>
/// <remarks>
/// Who can write the registry but not read the key cannot add, change or take out a record without its showing, but for
/// cutting off the end of the chain together with the records there: only a head that was kept elsewhere (log, report)
/// shows that. Who can read the key can do everything.
/// </remarks>
public interface IAuditLog
{
    AuditHead Head { get; }

    /// <summary>Where it ends but for events of a kind: what says that a report was written does not change the next
    /// one.</summary>
    AuditHead HeadBeside(string what);

    /// <summary>Whether it goes through a head that was kept elsewhere.</summary>
    /// <param name="head">Its hash may be cut.</param>
    bool Reaches(AuditHead head);

    /// <summary>What it says of an event; null where it says of no such.</summary>
    AuditedEvent? FindEvent(string what, string detail);

    /// <summary>Its rows from the newest back, for a person.</summary>
    /// <param name="before">The first row that is left out; null: from the newest on.</param>
    /// <param name="subject">Null: of every one.</param>
    /// <param name="from">The first moment; null: from the beginning on.</param>
    /// <param name="until">The first moment that is left out; null: up to now.</param>
    IReadOnlyList<AuditedRecord> ReadBack(
        long? before, AuditSubject? subject, DateTimeOffset? from, DateTimeOffset? until, int most);

    /// <summary>How many decisions about a campaign's day stand in it behind a head that was kept elsewhere.</summary>
    int CountDecisionsSince(AuditHead head, RunKey run);

    /// <summary>Whether something was decided about a campaign's day, or messages of it were settled by a person,
    /// behind a head that was kept elsewhere. That it is finished is no change: it is written down once its report
    /// is.</summary>
    bool HasChangedSince(AuditHead head, RunKey run);

    /// <summary>Why nothing can be relied on: the key is missing, unreadable, or another than the last row's, or the
    /// list of voided approvals cannot be read. Null where all is right.</summary>
    Wording? KeyTrouble { get; }

    /// <summary>Whether the key is there and this account may not read it, as it should be with any but the account
    /// that sends: whether approvals hold is then not known here.</summary>
    bool IsKeyClosed { get; }

    /// <summary>Why the list of voided approvals cannot be read; null where it can.</summary>
    Wording? VoidedTrouble { get; }

    /// <summary>Why what is recorded now could not be borne out. Makes the key where no chain has begun.</summary>
    /// <returns>Null where there is a key to record it under.</returns>
    Wording? FindMissingKey();

    /// <summary>Walks the chain and compares it with the records.</summary>
    /// <param name="ledgers">Whether what persons settled in the runs' ledgers is compared too.</param>
    AuditReport Verify(bool ledgers);

    /// <summary>The approvals that stand in the chain and no longer among the records: none is ever deleted by the
    /// program, and without its row nobody would miss one.</summary>
    IReadOnlyList<MissingApproval> FindMissingApprovals();
}
