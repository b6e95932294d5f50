using System.Diagnostics;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

[Trait("Category", "Slow")]
public sealed class StopTests
{
    static readonly IReadOnlyList<OfficeLane> Lanes =
    [
        new("viettel", 84_960_000_001, 400, 300) { MaxInFlight = 20, MostPerCall = 4 },
        new("vinaphone", 84_910_000_001, 200, 150),
    ];

    [Theory]
    [InlineData(true)] // SIGINT, as by Ctrl-C
    [InlineData(false)] // SIGTERM, as by a service manager
    public async Task A_stop_finishes_what_is_in_flight_and_the_next_send_goes_on(bool interrupt)
    {
        await using var office = await Office.OpenAsync(
            Lanes, carrier => carrier with { Latency = TimeSpan.FromMilliseconds(100) });
        await office.ApproveAsync();

        await using (var program = office.Start("send", office.CampaignFile))
        {
            await program.UntilAsync(() => office.MessagesSeen() >= 100);
            if (interrupt)
                program.Interrupt();
            else
                program.Terminate();

            var stopped = await program.WaitAsync();
            Assert.True(stopped.ExitCode == 1, $"{stopped}");
            Assert.Contains("Đã dừng theo yêu cầu", stopped.Output, StringComparison.Ordinal);
        }

        var facts = new LedgerFacts(office.Data.Run(office.Key));
        Assert.Equal(0, facts.OpenAttempts);
        Assert.InRange(facts.Messages().Count(message => message.Status == MessageStatus.Planned), 1, 500);
        Assert.DoesNotContain(facts.Messages(), message => message.Status == MessageStatus.Uncertain);

        // A report takes longer than a stop may; it can be asked for.
        Assert.False(File.Exists(Path.Combine(office.Reports, "tong-hop.csv")));
        Assert.Equal(0, (await office.RunAsync("report", office.CampaignFile)).ExitCode);
        Assert.True(File.Exists(Path.Combine(office.Reports, "tong-hop.csv")));

        var finished = await office.RunAsync("send", office.CampaignFile);
        Assert.True(finished.ExitCode == 0, $"{finished}");
        Assert.Equal(
            office.Numbers.Select(number => $"{number}").Order(),
            office.Network.Phones().Select(phone => phone.Phone).Order());
        Assert.Equal(0, office.Network.Stats().PhonesWithMoreThanOne);
        Assert.All(facts.Messages(), message => Assert.Equal(MessageStatus.Delivered, message.Status));
    }

    [Fact]
    public async Task A_stop_is_heard_while_a_list_lies_where_nobody_answers()
    {
        Machine.NeedsLinux("leases are its");
        await using var office = await Office.OpenAsync(Lanes);
        await office.ApproveAsync();
        using var held = new LeasedFile(office.AudienceFile);

        await using var program = office.Start("send", office.CampaignFile);
        await program.UntilAsync(() => held.IsWaitedFor);
        var asked = Stopwatch.GetTimestamp();
        program.Interrupt();
        var stopped = await program.WaitAsync();

        Assert.True(stopped.ExitCode == 1, $"{stopped}");
        var told = Shown.Flat(stopped.Output + stopped.Errors);
        Assert.Contains($"Đã dừng khi đang đọc tệp {office.AudienceFile}", told, StringComparison.Ordinal);
        Assert.Contains("Chưa gửi tin nào.", told, StringComparison.Ordinal);
        // of 45 s
        Assert.True(held.IsWaitedFor && Stopwatch.GetElapsedTime(asked) < TimeSpan.FromSeconds(10), "it waited");
    }

    [Theory]
    [InlineData("send", 1)]
    [InlineData("worker", 0)]
    public async Task A_stop_does_not_wait_for_who_holds_the_ledger_and_says_what_stays_uncertain(
        string verb, int exitCode)
    {
        // What stays uncertain is waited for at the end of the next.
        await using var office = await Office.OpenAsync(
            [.. Lanes.Select(lane => lane with { ReceiptTimeout = TimeSpan.FromSeconds(15) })],
            carrier => carrier with { Latency = TimeSpan.FromMilliseconds(500) });
        await office.ApproveAsync();

        await using var program = verb == "send" ? office.Start(verb, office.CampaignFile) : office.Start(verb);
        await program.UntilAsync(() => office.MessagesSeen() >= 10);
        using (var held = SqliteDb.Open(office.Data.Run(office.Key)))
        {
            held.Execute("begin exclusive");
            var asked = Stopwatch.GetTimestamp();
            program.Terminate();
            var stopped = await program.WaitAsync();

            Assert.True(stopped.ExitCode == exitCode, $"{stopped}");
            Assert.True(Stopwatch.GetElapsedTime(asked) < TimeSpan.FromSeconds(8), "it waited"); // of 10 s
            Assert.Contains(
                verb == "send" ? "vẫn bị một chương trình khác giữ lúc dừng" : "still held the file",
                Shown.Flat(stopped.Output + stopped.Errors),
                StringComparison.Ordinal);
        }

        var again = await office.RunAsync("send", office.CampaignFile);
        Assert.Contains("tin đang gửi dở được ghi là chưa rõ", Shown.Flat(again.Output), StringComparison.Ordinal);
        Assert.Equal(0, office.Network.Stats().PhonesWithMoreThanOne);
        Assert.Equal(0, new LedgerFacts(office.Data.Run(office.Key)).OpenAttempts);
    }

    [Theory]
    [InlineData("send", 1)]
    [InlineData("worker", 0)] // ending when it is told to is what a service is for
    public async Task A_stop_does_not_wait_for_a_gateway_that_does_not_answer(string verb, int exitCode)
    {
        await using var office = await Office.OpenAsync(
            Lanes, carrier => carrier with { Latency = TimeSpan.FromHours(1), NoReceiptShare = 1 });
        await office.ApproveAsync();

        await using var program = verb == "send" ? office.Start(verb, office.CampaignFile) : office.Start(verb);
        await program.UntilAsync(() => office.MessagesSeen() >= Lanes.Sum(lane => lane.MaxInFlight));
        program.Terminate();
        var stopped = await program.WaitAsync();

        // All that could be in flight was; what became of it nobody knows, and that is written down.
        Assert.True(stopped.ExitCode == exitCode, $"{stopped}");
        var facts = new LedgerFacts(office.Data.Run(office.Key));
        Assert.Equal(0, facts.OpenAttempts);
        var uncertain = facts.Messages().Where(message => message.Status == MessageStatus.Uncertain).ToList();
        Assert.Equal(Lanes.Sum(lane => lane.MaxInFlight), uncertain.Count);
        Assert.All(uncertain, message => Assert.Equal(Reason.Stopped, message.Why));
    }
}
