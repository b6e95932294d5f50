using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Privacy;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Planning;

/// <summary>A run of another campaign that says the same to much the same people.</summary>
/// <param name="Share">Of the numbers that are to get the text now, the share that gets it, or has got it, by that run;
/// null where it cannot be told.</param>
public sealed record RepeatedContent(RunRecord Run, double? Share)
{
    /// <summary>As a problem: a warning to who looks, an error to who approves.</summary>
    public Problem ToProblem(Severity severity)
    {
        var date = Run.DateWords;
        var share = Share is { } known
            ? new Wording($"{known * 100:0}% số thuê bao", $"{known * 100:0}% of the recipients")
            : new Wording("các thuê bao (không so được danh sách)", "the recipients (the lists cannot be compared)");
        var (done, doneEn) = Run.State == RunState.Approved
            ? ("đã được phê duyệt để gửi", "is approved to go")
            : ("đã được gửi", "was sent");
        return new Problem(null, new Wording(
            $"Cùng nội dung này {done} tới {share} trong chiến dịch '{Run.Campaign}' ngày {date}: "
                + $"các máy đó sẽ nhận hai lần. Nếu đây là bản chép nhầm thì không phê duyệt; nếu đúng là phải gửi "
                + $"nữa, phê duyệt với --again --reason \"lý do\".",
            $"This text {doneEn} to {share} in the campaign '{Run.Campaign}' of {date}: these phones would get "
                + $"it twice. Do not approve a copy made by mistake; where it must go again, approve with "
                + $"--again --reason \"why\"."),
            severity);
    }
}

/// <summary>
/// Finds the runs of other campaigns, within 30 days, that say the same to at least half of the recipients: rule 1 is
/// of a campaign, and a copied file is another campaign.
/// </summary>
public sealed class ContentGuard(DataFolder data)
{
    /// <summary>Days between the two runs' dates.</summary>
    const int Days = 30;

    const double Most = 0.5;

    /// <param name="ledger">The run's; null: there is none yet.</param>
    public IReadOnlyList<RepeatedContent> Find(
        RunKey key, CampaignMode mode, IReadOnlyList<RunContent> contents, RunAddress? ledger)
    {
        if (key.Simulated || Ledgers.FindRegistry(data) is not { } registry)
            return [];

        return [.. registry.ReadRuns()
            .Where(run => run is { Simulated: false, IsTest: false }
                && run.Campaign != key.Campaign
                && IsNear(run, key))
            .Where(run => run.State is not (RunState.Planned or RunState.Skipped))
            .Select(run => Compare(run, registry.Contents.Read(run.Code), contents, ledger))
            .OfType<RepeatedContent>()
            .Where(repeated => IsOf(repeated.Run, mode))];
    }

    /// <summary>So is one of which it cannot be read when it is.</summary>
    static bool IsNear(RunRecord run, RunKey key) =>
        run.FindKey() is not { } other || Math.Abs(other.Date.DayNumber - key.Date.DayNumber) <= Days;

    /// <summary>What a run's ledger says to whom.</summary>
    internal static IReadOnlyList<RunContent> Read(RunAddress run, Campaign campaign, long key)
    {
        using var ledger = Ledgers.RunAt(run).ReadPlan();
        var sketches = new Dictionary<string, AudienceSketch>();
        var bySegment = new Dictionary<int, AudienceSketch>();
        foreach (var (segment, name) in ledger.ReadMessageOfSegment())
        {
            var text = RunContent.HashOf(campaign.Messages.First(message => message.Name == name).Text.Value);
            if (!sketches.TryGetValue(text, out var sketch))
                sketches[text] = sketch = new AudienceSketch(key);
            bySegment[segment] = sketch;
        }

        foreach (var (segment, number) in ledger.ReadNumbers())
            bySegment[segment].Add(number);
        return [.. sketches
            .Where(pair => pair.Value.Total > 0)
            .Select(pair => new RunContent(pair.Key, pair.Value.Total, pair.Value.ToBytes()))];
    }

    RepeatedContent? Compare(
        RunRecord run, IReadOnlyList<RunContent> others, IReadOnlyList<RunContent> contents, RunAddress? ledger)
    {
        var total = contents.Sum(content => content.Total);
        double shared = 0;
        foreach (var content in contents)
        {
            foreach (var other in others.Where(other => other.Text == content.Text))
            {
                var share = Share(content, other) ?? Count(content, ledger, run);
                if (share is null)
                    return new RepeatedContent(run, null);
                shared += share.Value * content.Total;
            }
        }

        return total > 0 && shared / total >= Most ? new RepeatedContent(run, shared / total) : null;
    }

    /// <returns>Null where the samples cannot tell.</returns>
    double? Share(RunContent content, RunContent other)
    {
        if (other.KeyId.Length == 0)
            return AudienceSketch.ShareOf(content.Sample, content.Total, other.Sample, other.Total);

        return FindKey() is { } key && key.Id == other.KeyId
            ? AudienceSketch.ShareOfBlind(content.Sample, content.Total, other.Sample, other.UpTo, key)
            : null;
    }

    /// <returns>Null where it is lost: then nothing can be told.</returns>
    NumberKey? FindKey()
    {
        try
        {
            return new NumberKeyFile(data, Ledgers.OpenRegistry(data)).Find();
        }
        catch (LedgerException)
        {
            return null;
        }
    }

    /// <summary>Exactly, by the ledgers: only where the recipients are some hundred times fewer than
    /// the other run's.</summary>
    double? Count(RunContent content, RunAddress? ledger, RunRecord run)
    {
        if (ledger is null || Ledgers.RunAt(ledger) is not { Exists: true } own)
            return null;

        try
        {
            var other = Ledgers.RunAt(run.AddressIn(data));
            if (!other.Exists)
                return null;

            var erasure = other.ReadErasure();
            var key = erasure is null ? null : FindKey();
            if (erasure?.KeyId != key?.Id)
                return null;

            using var here = own.ReadPlan();
            using var there = other.ReadPlan();
            long all = 0, shared = 0;
            foreach (var (_, number) in here.ReadNumbers())
            {
                all++;
                if (there.Has(number)
                    || (key is not null && Enumerable.Range(0, erasure!.Salt + 1).Any(
                        salt => there.Has(key.Hash(number, salt)))))
                    shared++;
            }

            return all == 0 ? 0 : (double)Math.Min(shared, content.Total) / Math.Min(all, content.Total);
        }
        catch (LedgerException)
        {
            return null;
        }
    }

    /// <summary>An exercise reaches no phone, and is often the rehearsal of the very same text.</summary>
    static bool IsOf(RunRecord run, CampaignMode mode) =>
        CampaignFile.ReadKept(run.Definition, run.CampaignFile) is not { } kept || kept.Mode == mode;
}

/// <summary>Samples the recipients of each text on their way into the ledger.</summary>
sealed class ContentSink : IAudienceSink
{
    readonly IAudienceSink _into;
    readonly Dictionary<string, AudienceSketch> _byText = [];
    readonly List<AudienceSketch> _bySegment = [];

    /// <param name="key">Of the installation's samples.</param>
    public ContentSink(IAudienceSink into, Campaign campaign, long key)
    {
        _into = into;
        foreach (var segment in campaign.Segments.OrderBy(segment => segment.Priority))
        {
            var text = RunContent.HashOf(
                campaign.Messages.First(message => message.Name == segment.Message).Text.Value);
            if (!_byText.TryGetValue(text, out var sketch))
                _byText[text] = sketch = new AudienceSketch(key);
            _bySegment.Add(sketch);
        }
    }

    public IReadOnlyList<RunContent> Contents =>
        [.. _byText
            .Where(pair => pair.Value.Total > 0)
            .Select(pair => new RunContent(pair.Key, pair.Value.Total, pair.Value.ToBytes()))];

    public void AddMessage(int carrier, in MessageRow row)
    {
        _bySegment[row.Segment - 1].Add(row.Number);
        _into.AddMessage(carrier, row);
    }

    public void AddExclusion(in ExclusionRow row) => _into.AddExclusion(row);
}
