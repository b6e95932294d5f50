using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office;

/// <summary>A run as it would be submitted and approved.</summary>
/// <param name="Campaign">As it was planned; null where what is kept of it cannot be read.</param>
/// <param name="Plan">Null where <see cref="Trouble"/> says why not.</param>
public sealed record Dossier(RunOverview Overview, Campaign? Campaign, PlanOnRecord? Plan)
{
    public Wording? Trouble { get; init; }

    /// <summary>Of a run of which nothing more can be read.</summary>
    public static Dossier Unknown(RunRecord run, Wording trouble) => new(
        new RunOverview(
            run, new SendWindow(default, default, VietnamTime.Zone), null,
            new Dictionary<string, IReadOnlyList<LaneChange>>(), [], [], trouble),
        null,
        null)
    { Trouble = trouble };

    public RunRecord Run => Overview.Run;

    /// <summary>What waits to be approved, be it other than what is planned by now; null where nothing does.</summary>
    public Submission? Waits { get; init; }

    /// <summary>What is planned now other than waits to be approved.</summary>
    public IReadOnlyList<Wording> SinceSubmitted { get; init; } = [];

    /// <summary>Null where nothing was ever approved.</summary>
    public DossierComparison? SinceApproved { get; init; }

    /// <summary>The runs of other campaigns that say the same to much the same people.</summary>
    public IReadOnlyList<RepeatedContent> Repeats { get; init; } = [];

    /// <summary>That its ledger does not balance, and what to do; null where it does, or nothing of it can be sent any
    /// more.</summary>
    public Wording? Imbalance { get; init; }

    /// <summary>Whether its days are over.</summary>
    public bool IsPast { get; init; }

    /// <summary>What a person compares: it binds this and nothing else.</summary>
    public string Code => ApprovalHash.Brief(Run.ApprovedHash);

    /// <summary>Whether what waits is what is planned now.</summary>
    public bool FitsWaiting => Waits?.Hash == Run.ApprovedHash;

    /// <summary>Whether an approval of what is planned now stands, by as many as it takes.</summary>
    public bool IsApproved => Overview.Counting?.Hash == Run.ApprovedHash && !Overview.IsByOneAlone;

    /// <summary>Whether it waits for an approval, or may be submitted for one.</summary>
    public bool MayBeApproved => !Run.Simulated
        && !Run.State.IsOver()
        && !IsPast
        && Imbalance is null
        && (!IsApproved || Run.State == RunState.Held);

    /// <summary>Whether somebody may not approve it, as they have submitted it, or that cannot be told.</summary>
    public bool TakesAnother(Who who) =>
        Overview.TakesTwoPersons && Waits is { } waits && ApprovalDesk.MayBeOf(waits, who);

    /// <summary>Messages that an approval lets go: those that nothing was tried of yet. Null where that is not
    /// known.</summary>
    public long? Messages => Overview.Status?.Count(MessageStatus.Planned);

    /// <summary>Whether something of it was handed over by now.</summary>
    public bool HasBegun => Overview.Status is { } status && status.Messages > status.Count(MessageStatus.Planned);
}

/// <summary>What is other than was approved before.</summary>
/// <param name="With">What was approved.</param>
public sealed record DossierComparison(Approval With)
{
    /// <summary>Whether it is the very same.</summary>
    public bool IsSame { get; init; }

    /// <summary>The messages that are other, new or gone; null where what was approved is not on record any
    /// more.</summary>
    public IReadOnlyList<DossierText>? Texts { get; init; }

    public bool IsSameAudience { get; init; }

    /// <summary>What was approved then, in numbers; null where its ledger is not there any more.</summary>
    public DossierCounts? Counts { get; init; }

    /// <summary>What else differs, by name.</summary>
    public IReadOnlyList<Wording> Others { get; init; } = [];

    /// <param name="isOfDate">Whether both are of one date: else much differs that says nothing.</param>
    internal static IEnumerable<Wording> FindOthers(
        Campaign before, Campaign now, string sealBefore, string sealNow, bool isOfDate)
    {
        foreach (var key in CampaignDifferences.Between(before, now).Where(key => !IsText(key)))
            yield return new Wording($"tệp chiến dịch: {key}", $"the campaign file: {key}");

        var pieces = RunVerification.FindPieces(Pieces(sealBefore), Pieces(sealNow));
        foreach (var piece in pieces)
            yield return piece;

        // Texts and the audience are told in full.
        RunSeal Pieces(string seal) => new(new(
            RunSeal.Parse(seal).Parts
                .Where(part => part.Key.StartsWith("lane:", StringComparison.Ordinal)
                    || (isOfDate && part.Key == "info:sender"))
                .ToDictionary(),
            StringComparer.Ordinal));
    }

    static bool IsText(string key) => key.StartsWith("messages.", StringComparison.Ordinal)
        && key.Split(' ')[0].EndsWith(".text", StringComparison.Ordinal);
}

/// <summary>A message that is other than was approved.</summary>
/// <param name="Difference">From what was approved to what is planned; null where the message is new, or gone.</param>
/// <param name="IsGone">Whether it is not sent any more.</param>
public sealed record DossierText(string Name, TextDifference? Difference, bool IsGone)
{
    internal static IEnumerable<DossierText> Between(Campaign before, Campaign now)
    {
        foreach (var message in now.Messages)
        {
            var old = before.Messages.FirstOrDefault(each => each.Name == message.Name);
            var difference = old is null ? null : TextDifference.Between(old.Text.Value, message.Text.Value);
            if (difference is not { None: true })
                yield return new DossierText(message.Name, difference, IsGone: false);
        }

        foreach (var gone in before.Messages.Where(old => now.Messages.All(message => message.Name != old.Name)))
            yield return new DossierText(gone.Name, null, IsGone: true);
    }
}

/// <param name="Rows">Of the audience's files.</param>
public sealed record DossierCounts(long Rows, long Recipients, long Excluded)
{
    internal static DossierCounts? Read(DataFolder data, RunRecord run)
    {
        try
        {
            var ledger = run.AddressIn(data);
            return Ledgers.RunAt(ledger).Exists && RunStatus.Read(ledger) is { } status
                ? new DossierCounts(status.Audience, status.Messages, status.Excluded)
                : null;
        }
        catch (LedgerException)
        {
            return null;
        }
    }
}
