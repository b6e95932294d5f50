namespace SmsCampaign.Storage.Registry;

/// <summary>Who approved what (rule 8). None is ever deleted.</summary>
public interface IApprovals
{
    /// <summary>Adds an approval; one that stood for the same campaign and date is replaced by it.</summary>
    /// <param name="replaces">What else it takes the place of, and the words of it for a person; none where null. One
    /// that is void already stays as it is.</param>
    /// <returns>Whether it is recorded: what was submitted and is refused, or approved by another act, is
    /// answered.</returns>
    bool Approve(Approval approval, IReadOnlyDictionary<long, Wording>? replaces = null);

    /// <summary>
    /// What approves another date of a campaign of which this date is to be approved: its message goes out once. Of a
    /// yearly campaign other dates of the same year; of one with a date any other, and every year's. Void ones are left
    /// out.
    /// </summary>
    IReadOnlyList<Approval> FindOtherDates(RunKey run, bool yearly);

    /// <summary>The approval that stands for a date of a campaign: its own, or the one for every year.</summary>
    Approval? FindApproval(string campaign, DateOnly day);

    /// <summary>The newest first, voided ones included.</summary>
    IReadOnlyList<Approval> ReadApprovals(string? campaign = null);

    /// <summary>One that is void already stays as it is.</summary>
    void VoidApproval(long id, Wording reason, DateTimeOffset now);

    /// <summary>Withdraws approvals of a run, together with the record of who does. A run that was approved and waits
    /// for its time is only planned again; one under way is ended by the process that sends it.</summary>
    /// <param name="who">Who answers for it.</param>
    /// <param name="approvals">Their numbers. One that is void already stays as it is.</param>
    /// <returns>Those that stood until now.</returns>
    IReadOnlyList<long> Revoke(
        RunKey run, IReadOnlyCollection<long> approvals, Who who, string reason, DateTimeOffset now);
}
