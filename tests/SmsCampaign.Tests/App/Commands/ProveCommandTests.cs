using System.Text.Json;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Reports;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

/// <summary>The verbs prove and status on what a ledger tells of a lane's pace.</summary>
public sealed class ProveCommandTests : IDisposable
{
    const long Opens = SmallLedger.Opens;
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2_000_000, 0, "Every limit of every contract was kept.")]
    [InlineData(100_000, 1, "A limit of a contract was BROKEN.")]
    public async Task The_exit_code_says_whether_the_contract_was_kept(long later, int exitCode, string said)
    {
        Register(SomeRun.Create(_folder.Path, 10, parts: 4, rate: 4), HandOver(1, Opens), HandOver(2, Opens + later));

        var (code, output) = await RunAsync("prove", "some", "--lang", "en");

        Assert.Equal(exitCode, code);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Contains("08:00:00.000000 2025-07-30", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_was_handed_over_there_is_nothing_to_prove()
    {
        Register(SomeRun.Create(_folder.Path, 10));

        var (code, output) = await RunAsync("prove", "some");

        Assert.Equal(1, code);
        Assert.Contains("chưa có gì để kiểm chứng", output, StringComparison.Ordinal);
    }

    /// <summary>Four parts at a moment that is known, and four of which nobody knows when they left.</summary>
    [Theory]
    [InlineData(
        8,
        true,
        "Mọi giới hạn trong hợp đồng đều được giữ đúng, dù 1 tin không rõ thời điểm đã chuyển vào lúc nào.",
        "Every limit of every contract was kept, whenever 1 message without a known moment may have left.")]
    [InlineData(
        7,
        false,
        "Tính theo những tin biết rõ lúc chuyển, không giới hạn nào trong hợp đồng bị vượt. Còn 1 tin không rõ chuyển "
            + "lúc nào, hoặc có chuyển hay không: nếu đã chuyển vào lúc bất lợi nhất thì vượt giới hạn của viettel.",
        "By all that is known to have left, and when, no limit of a contract was broken. Of 1 message nobody knows "
            + "when it left, or whether it did: at the worst moment, a limit of viettel was passed.")]
    public async Task The_last_sentence_says_no_more_than_is_known_where_a_kill_cut_messages_off(
        int rate, bool atWorst, string vi, string en)
    {
        Register(
            SomeRun.Create(_folder.Path, 10, parts: 4, rate: rate), HandOver(1, Opens), CutOff(2, Opens + 10));

        foreach (var (words, language) in new[] { (vi, "vi"), (en, "en") })
        {
            var (code, output) = await RunAsync("prove", "some", "--lang", language);

            Assert.Equal(0, code);
            Assert.Equal(words, output.TrimEnd().Split('\n')[^1]);
        }

        var (_, json) = await RunAsync("prove", "some", "--json");
        var proof = JsonDocument.Parse(json).RootElement;
        Assert.Equal(
            (true, atWorst),
            (proof.GetProperty("kept").GetBoolean(), proof.GetProperty("keptAtWorst").GetBoolean()));
    }

    [Theory]
    [InlineData(
        "vi",
        "Không biết chắc tin nào đã chuyển đi: 1 tin không rõ chuyển lúc nào, hoặc có chuyển hay không, nên không có "
            + "gì để kiểm chứng.")]
    [InlineData(
        "en",
        "Nothing is known to have been handed over: of 1 message nobody knows when it left, or whether it did, so "
            + "there is nothing to prove.")]
    public async Task Where_nothing_but_what_a_kill_cut_off_may_have_left_it_does_not_say_that_nothing_did(
        string language, string words)
    {
        Register(SomeRun.Create(_folder.Path, 10, parts: 4, rate: 8), CutOff(1, Opens));

        var (code, output) = await RunAsync("prove", "some", "--lang", language);

        Assert.Equal(1, code);
        Assert.Equal(words, output.TrimEnd().Split('\n')[^1]);
        Assert.DoesNotContain("1970", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_scripts_everything_is_in_one_line_of_json()
    {
        Register(
            SomeRun.Create(_folder.Path, 10, parts: 4, rate: 8),
            HandOver(1, Opens), HandOver(2, Opens + 1),
            $"insert into attempt (lane, first_seq, last_seq, parts, intent_us) values (1, {SomeRun.Seq(3)}, "
                + $"{SomeRun.Seq(3)}, 4, {Opens + 2})");

        var (_, output) = await RunAsync("prove", "some", "--json");

        var lane = JsonDocument.Parse(output).RootElement.GetProperty("lanes")[0];
        var limit = lane.GetProperty("limits")[0];
        Assert.Equal("parts second 8 8 12", $"{limit.GetProperty("of")} {limit.GetProperty("per")} "
            + $"{limit.GetProperty("contract")} {limit.GetProperty("most")} {limit.GetProperty("atMost")}");
        Assert.Equal(2, lane.GetProperty("mostInASecond").GetProperty("requests").GetProperty("most").GetInt32());
        Assert.Equal(1, lane.GetProperty("unknown").GetProperty("inFlight").GetInt32());
    }

    [Fact]
    public async Task Status_shows_the_latest_changes_of_the_pace_first_in_an_officers_words()
    {
        Register(
            SomeRun.Create(_folder.Path, 10, rate: 100),
            Change(LaneChangeKind.Opened, 0, null, 100),
            Change(LaneChangeKind.Throttled, 10, 12, 50, "HTTP 429"),
            Change(LaneChangeKind.Regained, 17, null, 75),
            Change(LaneChangeKind.NotTaken, 20, 21, 90, "HTTP 401: the account is not let in", "3, null, null, null"),
            Change(LaneChangeKind.Quota, 30, 57_600, 90, "1000 parts/day", "0, 1000, 'Parts', 'Day'"));

        var (_, output) = await RunAsync("status", "some", "--history");

        var lines = output.Replace("\n      ", " ", StringComparison.Ordinal).Split('\n')
            .SkipWhile(line => !line.Contains("Nhịp gửi của viettel", StringComparison.Ordinal))
            .Skip(1)
            .Take(5)
            .Select(line => line.Trim());
        Assert.Equal(
            [
                "30/07/2025 08:00:30: hết hạn mức trong ngày (1.000 phần/ngày), dừng tới 31/07/2025 00:00",
                "30/07/2025 08:00:20: nhà mạng chưa nhận tin: cổng nhắn tin từ chối đăng nhập, "
                    + "dừng tới 30/07/2025 08:00:21",
                "30/07/2025 08:00:17: tăng lại tới 75 phần/giây",
                "30/07/2025 08:00:10: nhà mạng báo gửi quá nhanh, dừng tới 30/07/2025 "
                    + "08:00:12, sau đó gửi 50 phần/giây",
                "30/07/2025 08:00: mở kênh gửi",
            ],
            lines);

        var (_, json) = await RunAsync("status", "some", "--json");
        var lane = JsonDocument.Parse(json.Split('\n')[0]).RootElement.GetProperty("runs")[0].GetProperty("lanes")[0];
        Assert.Equal((90, 100, 5), (
            lane.GetProperty("rateInForce").GetInt32(),
            lane.GetProperty("contract").GetInt32(),
            lane.GetProperty("history").GetArrayLength()));
    }

    void Register(string ledger, params string[] rows)
    {
        using (var db = SqliteDb.Open(ledger))
        {
            foreach (var row in rows)
                db.Execute(row);
        }

        Ledgers.OpenRegistry(new DataFolder(_folder.Path)).AddRun(
            new RunRecord
            {
                Key = "some/2025-07-30",
                Campaign = "some",
                Date = "2025-07-30",
                Code = SomeRun.Code,
                State = RunState.Sending,
                File = Path.GetRelativePath(_folder.Path, ledger),
                CampaignFile = _folder.File("campaign.yaml"),
                Definition = CampaignFolder.Valid,
                DefinitionHash = "a",
                AudienceHash = "b",
                PlanHash = "c",
            },
            DateTimeOffset.UnixEpoch);
    }

    static string HandOver(long position, long at) =>
        $"insert into attempt (lane, first_seq, last_seq, parts, intent_us, handed_us, answered_us, outcome) values "
        + $"(1, {SomeRun.Seq(position)}, {SomeRun.Seq(position)}, 4, {at}, {at}, {at}, 0)";

    static string CutOff(long position, long at) =>
        $"insert into attempt (lane, first_seq, last_seq, parts, intent_us, answered_us, outcome, cut_off) values "
        + $"(1, {SomeRun.Seq(position)}, {SomeRun.Seq(position)}, 4, {at}, {at + 5}, 0, 1)";

    static string Change(
        LaneChangeKind kind, int at, int? until, int rate, string reason = "", string cause = "0, null, null, null")
    {
        var end = until is { } second ? $"{Opens + second * 1_000_000L}" : "null";
        return $"insert into hold (lane, kind, from_us, until_us, reason, rate, cause, limit_most, limit_of, "
            + $"limit_per) values (1, {(int)kind}, {Opens + at * 1_000_000L}, {end}, '{reason}', {rate}, {cause})";
    }

    async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var language = arguments.Contains("en") ? Language.English : Language.Vietnamese;
        var code = await CommandLine.RunAsync(
            [.. arguments, "--data", _folder.Path],
            new Terminal(output, output, language, outputIsTerminal: false),
            CancellationToken.None);
        return (code, output.ToString());
    }
}
