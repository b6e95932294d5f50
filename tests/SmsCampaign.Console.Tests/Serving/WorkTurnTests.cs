using Microsoft.Extensions.Time.Testing;
using SmsCampaign.WebConsole.Serving;
using SmsCampaign.WebConsole.Uploads;

namespace SmsCampaign.Tests.WebConsole.Serving;

/// <summary>That nobody has the process that sends do many heavy things at once.</summary>
public sealed class WorkTurnTests
{
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7)));

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_thing_is_done_at_a_time_and_another_is_told_what()
    {
        var turn = new WorkTurn(_time) { Patience = TimeSpan.FromMilliseconds(50) };
        using var end = new ManualResetEventSlim();
        var first = turn.TakeAsync(new Wording("đếm cát", "sand is counted"), "an", () => Wait(end), Stop);

        var taken = await Assert.ThrowsAsync<TurnTakenException>(
            () => turn.TakeAsync(new Wording("y", "y"), "binh", () => 2, Stop));
        var own = await Assert.ThrowsAsync<TurnTakenException>(
            () => turn.TakeAsync(new Wording("x", "x"), "an", () => 2, Stop));
        end.Set();

        Assert.Contains("đếm cát, từ 30/07/2025 08:00.", taken.Words.Vi, StringComparison.Ordinal);
        Assert.Contains("sand is counted, since ", taken.Words.En, StringComparison.Ordinal);
        Assert.Contains("CHƯA làm gì", taken.Words.Vi, StringComparison.Ordinal);
        Assert.Contains("chính tài khoản này đã bấm trước đó", own.Words.Vi, StringComparison.Ordinal);
        Assert.DoesNotContain("CHƯA", own.Words.Vi, StringComparison.Ordinal);
        Assert.Equal(1, await first);
        Assert.Equal(2, await turn.TakeAsync(new Wording("y", "y"), "an", () => 2, Stop));
    }

    [Fact]
    public async Task Who_waits_for_a_short_thing_gets_their_turn()
    {
        var turn = new WorkTurn(_time) { Patience = TimeSpan.FromMinutes(2) };
        using var end = new ManualResetEventSlim();
        var first = turn.TakeAsync(new Wording("x", "x"), "an", () => Wait(end), Stop);
        var second = turn.TakeAsync(new Wording("y", "y"), "an", () => 2, Stop);

        Assert.False(second.IsCompleted);
        end.Set();

        Assert.Equal(1, await first);
        Assert.Equal(2, await second);
    }

    /// <summary>As on a dead share: others are not kept waiting for good, and only so many are left so.</summary>
    [Fact]
    public async Task What_does_not_end_lets_others_begin_a_few_times()
    {
        var turn = new WorkTurn(_time) { Patience = TimeSpan.FromMinutes(2) };
        using var end = new ManualResetEventSlim();
        var hung = new List<Task<int>>();
        for (var at = 0; at < WorkTurn.MostLeft; at++)
        {
            hung.Add(turn.TakeAsync(new Wording("x", "x"), "an", () => Wait(end), Stop));
            _time.Advance(WorkTurn.Longest);
            Assert.Equal(2, await turn.TakeAsync(new Wording("y", "y"), "binh", () => 2, Stop));
        }

        var last = turn.TakeAsync(new Wording("x", "x"), "an", () => Wait(end), Stop);
        _time.Advance(WorkTurn.Longest);
        turn.Patience = TimeSpan.FromMilliseconds(50);
        await Assert.ThrowsAsync<TurnTakenException>(
            () => turn.TakeAsync(new Wording("y", "y"), "binh", () => 2, Stop));
        end.Set();

        Assert.All(await Task.WhenAll(hung), one => Assert.Equal(1, one));
        Assert.Equal(1, await last);
        Assert.Equal(2, await turn.TakeAsync(new Wording("y", "y"), "binh", () => 2, Stop));
    }

    [Fact]
    public void What_came_of_something_is_shown_to_who_asked_for_an_hour()
    {
        var shelf = new OutcomeShelf<string>(_time);
        var id = shelf.Put("an", "a", "kết quả");
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("kết quả", shelf.Find(id, "an", "a"));
        Assert.Equal("kết quả", shelf.FindLast("an", "a")?.Outcome);
        Assert.Null(shelf.Find(id, "binh", "a"));
        Assert.Null(shelf.FindLast("an", "b"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(shelf.Find(id, "an", "a"));
        Assert.Null(shelf.FindLast("an", "a"));
    }

    [Fact]
    public async Task What_breaks_gives_the_turn_back()
    {
        var turn = new WorkTurn(_time) { Patience = TimeSpan.Zero };

        await Assert.ThrowsAsync<IOException>(
            () => turn.TakeAsync(new Wording("x", "x"), "an", Break, Stop));

        Assert.Equal(2, await turn.TakeAsync(new Wording("y", "y"), "an", () => 2, Stop));
    }

    [Fact]
    public void A_person_brings_one_file_at_a_time_and_all_together_a_few()
    {
        var gate = new UploadGate(_time);
        using var own = gate.PassFor("an");
        Assert.Null(own.Enter());
        Assert.Null(own.Enter()); // the same file

        using var second = gate.PassFor("an");
        Assert.Contains("một tệp khác của tài khoản này", second.Enter()?.Vi, StringComparison.Ordinal);
        var others = Enumerable.Range(1, UploadGate.MostAtOnce - 1).Select(at => gate.PassFor($"{at}")).ToList();
        Assert.All(others, other => Assert.Null(other.Enter()));
        using var late = gate.PassFor("binh");
        Assert.Contains("4 tệp khác cùng lúc", late.Enter()?.Vi, StringComparison.Ordinal);

        others[0].Dispose();
        Assert.Null(late.Enter());
        second.Dispose(); // of who was not let in: takes nothing from who was
        using var again = gate.PassFor("an");
        Assert.NotNull(again.Enter());
    }

    [Fact]
    public void A_person_brings_so_many_files_in_a_while_and_then_others_still_may()
    {
        var gate = new UploadGate(_time);
        for (var at = 0; at < UploadGate.MostOfOne; at++)
            Assert.Null(Bring(gate, "an"));

        Assert.Contains(
            "60 tệp trong 10 phút. CHƯA nhận gì; gửi lại từ 30/07/2025 08:10.",
            Bring(gate, "an")?.Vi,
            StringComparison.Ordinal);
        Assert.Null(Bring(gate, "binh"));
        _time.Advance(UploadGate.Window);
        Assert.Null(Bring(gate, "an"));
    }

    static Wording? Bring(UploadGate gate, string person)
    {
        using var pass = gate.PassFor(person);
        return pass.Enter();
    }

    static int Break() => throw new IOException();

    static int Wait(ManualResetEventSlim end)
    {
        end.Wait(Stop);
        return 1;
    }
}
