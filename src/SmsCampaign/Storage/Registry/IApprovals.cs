namespace SmsCampaign.Storage.Registry;

/// <summary>Who approved what (rule 8). None is ever deleted.</summary>
public interface IApprovals
{
    /// <summary>Adds an approval; one that stood for the same campaign and date is voided by it.</summary>
    void Approve(Approval approval);

    /// <summary>
    /// Voids what approves another date of a campaign of which this date is to be approved: its message goes out once.
    /// Of a yearly campaign other dates of the same year; of one with a date any other, and every year's.
    /// </summary>
    void VoidOtherDates(RunKey run, bool yearly, DateTimeOffset now);

    /// <summary>The approval that stands for a date of a campaign: its own, or the one for every year.</summary>
    Approval? FindApproval(string campaign, DateOnly day);

    /// <summary>The newest first, voided ones included.</summary>
    IReadOnlyList<Approval> ReadApprovals(string? campaign = null);

    /// <summary>One that is void already stays as it is.</summary>
    void VoidApproval(long id, Wording reason, DateTimeOffset now);
}
