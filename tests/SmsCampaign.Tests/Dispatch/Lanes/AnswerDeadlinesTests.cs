using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Dispatch.Lanes;

namespace SmsCampaign.Tests.Dispatch.Lanes;

public sealed class AnswerDeadlinesTests : IDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    readonly FakeTimeProvider _time = new();
    readonly CancellationTokenSource _giveUp = new();
    readonly AnswerDeadlines _deadlines;

    public AnswerDeadlinesTests() => _deadlines = new AnswerDeadlines(Longest, _time, _giveUp.Token);

    public void Dispose()
    {
        _deadlines.Dispose();
        _giveUp.Dispose();
    }

    [Fact]
    public void A_call_ends_when_its_answer_has_taken_too_long()
    {
        var call = _deadlines.Begin();

        _time.Advance(Longest - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCancellationRequested);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(call.IsCancellationRequested);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(9_999)]
    [InlineData(10_000)]
    [InlineData(60_000)]
    public void Each_call_has_its_time_but_for_a_hundredth_whatever_calls_were_before(int later)
    {
        _deadlines.Begin();
        _time.Advance(TimeSpan.FromMilliseconds(later));

        var call = _deadlines.Begin();

        _time.Advance(Longest * 0.99 - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCancellationRequested);
        _time.Advance(Longest * 0.01 + TimeSpan.FromMilliseconds(1));
        Assert.True(call.IsCancellationRequested);
    }

    [Fact]
    public void Calls_that_begin_together_share_a_deadline()
    {
        var first = _deadlines.Begin();
        _time.Advance(Longest / 100);
        Assert.Equal(first, _deadlines.Begin());

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotEqual(first, _deadlines.Begin());
    }

    [Fact]
    public void Giving_up_ends_every_call_and_those_that_begin_after()
    {
        var first = _deadlines.Begin();
        _time.Advance(Longest / 2);
        var second = _deadlines.Begin();

        _giveUp.Cancel();

        Assert.True(first.IsCancellationRequested);
        Assert.True(second.IsCancellationRequested);
        Assert.True(_deadlines.Begin().IsCancellationRequested);
    }

    [Fact]
    public void One_deadline_that_passes_ends_no_other()
    {
        _deadlines.Begin();
        _time.Advance(Longest / 2);
        var second = _deadlines.Begin();

        _time.Advance(Longest / 2);

        Assert.False(second.IsCancellationRequested);
    }
}
