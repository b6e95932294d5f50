using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App.Sending;

namespace SmsCampaign.Tests.App.Sending;

public sealed class HeldWorkTests : IDisposable
{
    readonly FakeTimeProvider _time = new();
    readonly CancellationTokenSource _stop = new();
    readonly ManualResetEventSlim _answer = new();

    public void Dispose()
    {
        _answer.Set();
        _stop.Dispose();
    }

    [Fact]
    public async Task What_is_done_is_given_back_also_where_it_took_hours()
    {
        var work = new HeldWork(_time);
        var working = work.RunAsync(
            () =>
            {
                _answer.Wait();
                return "done";
            },
            _stop.Token);
        _time.Advance(TimeSpan.FromHours(5));
        Assert.False(working.IsCompleted);

        _answer.Set();

        Assert.Equal("done", await working);
    }

    [Fact]
    public async Task Whoever_hears_the_stop_ends_by_itself()
    {
        await _stop.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => new HeldWork(_time).RunAsync(Stopped, _stop.Token));

        string Stopped() => throw new OperationCanceledException(_stop.Token);
    }

    [Fact]
    public async Task Whoever_is_held_is_left_behind_within_a_second_and_what_it_was_at_is_known()
    {
        var work = new HeldWork(_time);
        using var begun = new ManualResetEventSlim();
        var working = work.RunAsync(
            () =>
            {
                work.Begin(new Wording("đọc tệp a.csv", "reading the file a.csv"));
                begun.Set();
                _answer.Wait();
                return "done";
            },
            _stop.Token);
        begun.Wait(TestContext.Current.CancellationToken);

        await _stop.CancelAsync();
        var stopped = _time.GetUtcNow();
        while (!working.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        Assert.Null(await working);
        Assert.Equal("đọc tệp a.csv", work.Step.Vi);
        Assert.True(
            HeldWork.LongestEnding < TimeSpan.FromSeconds(1) && _time.GetUtcNow() - stopped >= HeldWork.LongestEnding);
    }
}
