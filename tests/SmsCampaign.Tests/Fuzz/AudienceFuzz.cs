using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Fuzz;

/// <summary>
/// Imports one audience file: read, and then nobody of it is lost (rule 7), or refused. Now and then into a real
/// ledger, of which a refused file must leave nothing.
/// </summary>
sealed class AudienceFuzz(string name) : IAudienceSink, IDisposable
{
    const int LedgerEvery = 200;

    static readonly string[] Names = ["viettel", "vinaphone", "mobifone", "vietnamobile", "gmobile"];
    static readonly PrefixTable Prefixes = PrefixTable.Load(Repository.PathOf("config/prefixes.csv"), []);

    readonly string _folder = Directory.CreateTempSubdirectory("fuzz-audience-").FullName;
    long _messages;
    long _exclusions;

    public string File => Path.Combine(_folder, name);

    public bool Import(int number)
    {
        (_messages, _exclusions) = (0, 0);
        var reading = number % LedgerEvery == 0 ? ImportIntoLedger() : Read(this);
        var refused = reading.Problems.Any(problem => problem.Severity == Severity.Error);
        if (refused == reading.Audience is not null)
            throw new BrokenPromiseException(refused ? "refused and read at once" : "neither read nor refused");
        if (refused)
            return false;

        var audience = reading.Audience!;
        var matched = audience.Segments.Sum(segment => segment.Matched);
        if (matched != audience.RecipientTotal + audience.Excluded.Values.Sum())
            throw new BrokenPromiseException(
                $"{matched} rows, {audience.RecipientTotal} recipients, {audience.Excluded.Values.Sum()} excluded");
        if (number % LedgerEvery != 0
            && (_messages != audience.RecipientTotal || _exclusions != audience.Excluded.Values.Sum()))
            throw new BrokenPromiseException(
                $"{_messages} messages and {_exclusions} exclusions do not make {matched} rows");
        return true;
    }

    public void AddMessage(int carrier, in MessageRow row) => _messages++;

    public void AddExclusion(in ExclusionRow row) => _exclusions++;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    AudienceReading ImportIntoLedger()
    {
        var path = Path.Combine(_folder, "runs", "run.db");
        AudienceReading reading;
        using (var builder = new RunBuilder(path))
        {
            reading = Read(builder);
            if (reading.Audience is { } audience)
                builder.Complete(audience, new Plan([], [], ""), SomeRun.Description);
        }

        var left = Directory.GetFiles(Path.Combine(_folder, "runs"));
        if (left.Length != (reading.Audience is null ? 0 : 1))
            throw new BrokenPromiseException($"{left.Length} files left behind");

        foreach (var file in left)
            System.IO.File.Delete(file);
        return reading;
    }

    AudienceReading Read(IAudienceSink sink) => AudienceImport.Read(
        new Campaign
        {
            Id = "fuzz",
            Title = "Fuzz",
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
            Segments =
            [
                new Segment("a", File, [new ColumnFilter("xã/phường", ["Ea Bung"])], "text", 1),
                new Segment("b", File, [], "text", 2),
            ],
            SuppressionFiles = [],
            Lanes = Names,
            Limits = new Limits(null, null),
            File = Path.Combine(_folder, "campaign.yaml"),
            Source = "",
        },
        Names.ToDictionary(carrier => carrier),
        Prefixes,
        PortedList.Empty,
        sink,
        CancellationToken.None);
}
