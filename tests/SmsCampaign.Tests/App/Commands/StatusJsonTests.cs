using System.Text.Json;
using System.Text.RegularExpressions;
using SmsCampaign.App.Commands;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Orders;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Orders;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

/// <summary>A script is written by config/COMMANDS.md: every field that is printed stands there, and
/// none that is not.</summary>
public sealed partial class StatusJsonTests : IDisposable
{
    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_field_stands_in_the_document_and_none_that_is_not_there()
    {
        var document = File.ReadAllText(Repository.PathOf("config/COMMANDS.md"));
        var part = document[document.IndexOf("## `status --json`", StringComparison.Ordinal)..];

        var told = Row().Matches(part).Select(match => match.Groups["field"].Value);

        Assert.Equal(FieldsOf(Print(), "").Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    static RunLetters SomeLetters()
    {
        using var held = new HeldFolder();
        held.Agree();
        return new RunLetters(held.Read(), [new UnwrittenLetter("a", "b", default)], [], HasOwn: true);
    }

    /// <summary>With something in every list.</summary>
    JsonElement Print()
    {
        _folder.Prepare();
        var registry = Ledgers.OpenRegistry(_folder.Data);
        var read = RunOverview.Read(
            _folder.Data, registry, Assert.Single(registry.ReadRuns()), _folder.Installation, _folder.Time);
        var lane = read.Status!.Lanes[0].Name;
        var quota = new LaneChange(
            LaneChangeKind.Quota, 1, 2, 3, "", HoldCause.AsSaid, new QuotaUsed(5, RateUnit.Messages, LimitPeriod.Day));
        var some = read with
        {
            History = new Dictionary<string, IReadOnlyList<LaneChange>> { [lane] = [quota] },
            Trials = new Dictionary<string, LaneTrial>
            {
                [lane] = new(
                    1, 1, TrialKind.Canary, TrialState.Held, 1, 2, 0, 50,
                    new TrialFinding(TrialVerdict.Failed, 50, 30, 20, FailureClass.Content, Reason.None, "31")),
            },
            Approvals =
                [new Approval { Campaign = "a", Hash = "b", ApprovedBy = "c", At = "2025-07-01T02:00:00.000Z" }],
            Submissions = [new Submission
            {
                Campaign = "a",
                Date = "2025-07-30",
                Hash = "b",
                Definition = "",
                DefinitionHash = "",
                AudienceHash = "",
                PlanHash = "",
                Seal = "",
                SubmittedBy = "c",
                Identity = null,
                ByOs = "d",
                At = "2025-07-01T02:00:00.000Z",
            }],
            Outages = [new LaneOutage(lane, 1, 2, LaneChangeKind.NotTaken, "why", HoldCause.NoConnection)],
            Decisions = [new Decision(
                read.Run.ToKey(),
                DateTimeOffset.UnixEpoch,
                DateTimeOffset.UnixEpoch,
                DecisionKind.Held,
                new Wording("vì", "why"))],
            Letters = SomeLetters(),
            Reports = [new DueReport("", default, new ReportSubmission
            {
                Run = "a",
                Report = "",
                Document = "b",
                On = default,
                RecordedBy = "c",
                ByOs = "d",
                At = "2025-07-01T02:00:00.000Z",
            })],
            FileChanges = [new Wording("tệp", "file")],
            Differences = [new Wording("khác", "other")],
            Resolutions = [new PersonsResolution(1, MessageStatus.Delivered, "d", "e", 1, "f", "g")],
        };

        var all = StatusJson.Of(
            new StatusView(
                WorkerSight.Read(_folder.Data, _folder.Time.GetUtcNow()),
                [],
                [new LaneStop("another", DateTimeOffset.UnixEpoch, "why")],
                [some],
                [new OddReceipts(ReceiptOddity.Unknown, 1, "viettel")],
                [new MissingReceipts("a", new Wording("b", "c"), 0, 0, false)],
                [], [], IsWhole: true)
            {
                Disk = new DiskRoom("/data", 1, 2),
                Orders =
                    [new StandingOrder(1, OrderKind.Pause, null, lane, null, new Who("h", "i", "j"), "k")],
                Alerts = [SomeAlert()],
                Ready = [new ReadyLook(
                    read.Run.ToKey(),
                    DateTimeOffset.UnixEpoch,
                    ReadyStage.Again,
                    DateTimeOffset.UnixEpoch,
                    "worker",
                    [new ReadyLine("disk", null, ReadyLight.Red, new Wording("a", "b"), new Wording("c", "d"))])],
                MissingApprovals = [new MissingApproval { Ref = "1", Campaign = "a", ApprovedBy = "c" }],
                Forged =
                [
                    new AskedCommand(1, "a", null, "{}", "{}", Who.Here("A"), null, null)
                    {
                        Unvouched = new Unvouched(Vouching.Missing, new Wording("a", "b")),
                    },
                ],
            },
            Language.English);
        return JsonDocument.Parse(JsonLine.Of(all)).RootElement;
    }

    static AlertView SomeAlert() => new(
        new RaisedAlert(
            1,
            new Alert(
                AlertKind.LaneStopped,
                "viettel",
                AlertSeverity.Urgent,
                DateTimeOffset.UnixEpoch,
                new Wording("a", "b"),
                new Wording("c", "d"),
                new Wording("e", "f")),
            DateTimeOffset.UnixEpoch,
            OverAt: null),
        [new AlertTelling(1, "mail:a@b", null, 0, new AlertFailure(
            1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, new Wording("g", "h")))]);

    /// <summary>Paths of all that has no fields of its own, and of what may be null in their place. What is counted by
    /// status is one field.</summary>
    static IEnumerable<string> FieldsOf(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when path.EndsWith("messages", StringComparison.Ordinal):
                return [path];
            case JsonValueKind.Object:
                var fields = element
                    .EnumerateObject()
                    .SelectMany(field => FieldsOf(field.Value, path.Length == 0 ? field.Name : $"{path}.{field.Name}"));
                return path.EndsWith("limit", StringComparison.Ordinal) ? fields.Prepend(path) : fields;
            case JsonValueKind.Array:
                return element.EnumerateArray().SelectMany(each => FieldsOf(each, path + "[]")).Distinct();
            default:
                return [path];
        }
    }

    [GeneratedRegex(@"^\| `(?<field>[^`]+)` \| ", RegexOptions.Multiline)]
    private static partial Regex Row();
}
