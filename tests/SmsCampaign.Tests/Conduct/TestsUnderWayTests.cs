using SmsCampaign.Conduct;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Conduct;

public sealed class TestsUnderWayTests
{
    [Fact]
    public async Task Of_several_who_begin_one_test_one_does()
    {
        var tests = new TestsUnderWay();
        using var ready = new Barrier(8);
        var begun = 0;

        var won = await Task.WhenAll(Enumerable.Range(0, ready.ParticipantCount).Select(_ => Task.Run(() =>
        {
            ready.SignalAndWait();
            return tests.Begin("a/2026-07-30", _ =>
            {
                Interlocked.Increment(ref begun);
                return Task.CompletedTask;
            });
        }))).WaitAsync(Patience.ForAnything);
        await tests.DisposeAsync();

        Assert.Single(won, each => each);
        Assert.Equal(1, begun);
        Assert.True(tests.Has("a/2026-07-30"));
        Assert.False(tests.Has("b/2026-07-30"));
    }

    /// <summary>A test is never gone on with.</summary>
    [Fact]
    public async Task One_that_is_done_is_not_begun_again()
    {
        await using var tests = new TestsUnderWay();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.True(tests.Begin("a/2026-07-30", _ =>
        {
            done.SetResult();
            return Task.CompletedTask;
        }));
        await done.Task.WaitAsync(Patience.ForAnything);

        Assert.False(tests.Begin("a/2026-07-30", _ => throw new InvalidOperationException("begun again")));
        Assert.True(tests.Begin("b/2026-07-30", _ => Task.CompletedTask));
    }
}
