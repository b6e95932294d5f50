using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Audience;

/// <summary>A folder with a campaign's files, imported into lists that a test can look at.</summary>
sealed class ImportBench : IDisposable
{
    /// <summary>The carriers the lanes of the campaign serve unless a test says otherwise.</summary>
    static readonly string[] FiveCarriers = ["viettel", "vinaphone", "mobifone", "vietnamobile", "gmobile"];

    readonly List<Segment> _segments = [];
    readonly List<string> _suppressions = [];

    public static PrefixTable Prefixes { get; } = PrefixTable.Load(Repository.PathOf("config/prefixes.csv"), []);

    public TempFolder Folder { get; } = new();

    public PortedList Ported { get; set; } = PortedList.Empty;

    public CancellationToken Stopped { get; set; }

    public Dictionary<string, string> Lanes { get; } = FiveCarriers.ToDictionary(carrier => carrier);

    public ImportBench Segment(string file, string name = "all", int priority = 1, params ColumnFilter[] filter)
    {
        _segments.Add(new Segment(name, Folder.File(file), filter, "text", priority));
        return this;
    }

    /// <summary>Changes the segment added last.</summary>
    public ImportBench With(Func<Segment, Segment> change)
    {
        _segments[^1] = change(_segments[^1]);
        return this;
    }

    public ImportBench Suppress(string file)
    {
        _suppressions.Add(Folder.File(file));
        return this;
    }

    /// <summary>One segment over one CSV file.</summary>
    public static (AudienceReading Reading, Rows Rows) Import(string csv)
    {
        using var bench = new ImportBench();
        bench.Folder.Write("a.csv", csv);
        return bench.Segment("a.csv").Import();
    }

    public (AudienceReading Reading, Rows Rows) Import()
    {
        var rows = new Rows();
        return (Import(rows), rows);
    }

    public AudienceReading Import(IAudienceSink sink) =>
        AudienceImport.Read(Campaign(), Lanes, Prefixes, Ported, sink, Stopped);

    public void Dispose() => Folder.Dispose();

    Campaign Campaign() => new()
    {
        Id = "test",
        Title = "Test",
        Mode = CampaignMode.Exercise,
        Directive = new Directive("", null, null, null, null, "", "", new DateOnly(2025, 9, 30)),
        Sender = "CHINH PHU",
        Messages = [new MessageText("text", "vi", SmsText.Compose("Xin chào"), Unaccented: false)],
        Schedule = new Schedule(
            new DateOnly(2025, 7, 30),
            null,
            null,
            new SendWindow(new TimeOnly(8, 0), new TimeOnly(20, 0), TimeZoneInfo.Utc),
            MissedPolicy.Hold,
            LeftoverPolicy.Hold),
        Segments = _segments,
        SuppressionFiles = _suppressions,
        Lanes = [.. Lanes.Values.Distinct()],
        Limits = new Limits(null, null),
        File = Folder.File("campaign.yaml"),
        Source = "",
    };
}

/// <summary>What a sink got.</summary>
sealed class Rows : IAudienceSink
{
    public List<(int Carrier, MessageRow Row)> Messages { get; } = [];

    public List<ExclusionRow> Exclusions { get; } = [];

    /// <summary>Lines and numbers, as 2:84912345678.</summary>
    public IEnumerable<string> Numbers => Messages.Select(message => $"{message.Row.Line}:{message.Row.Number}");

    /// <summary>Lines and reasons, as 3:Duplicate.</summary>
    public IEnumerable<string> Reasons => Exclusions.Select(row => $"{row.Line}:{row.Reason}");

    public void AddMessage(int carrier, in MessageRow row) => Messages.Add((carrier, row));

    public void AddExclusion(in ExclusionRow row) => Exclusions.Add(row);
}
