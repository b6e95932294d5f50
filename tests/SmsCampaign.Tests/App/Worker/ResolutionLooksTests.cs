using SmsCampaign.App.Worker;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Worker;

public sealed class ResolutionLooksTests
{
    readonly Busy _one = new();
    readonly Busy _other = new();
    readonly List<IRunView> _putBack = [];
    readonly List<(IRunView Run, Exception Fault)> _faulted = [];
    readonly TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ResolutionLooks _looks;

    public ResolutionLooksTests() => _looks = new ResolutionLooks(
        _putBack.Add, (run, fault) => _faulted.Add((run, fault)), () => _woken.TrySetResult());

    /// <summary>Such as with a million messages that are left over in one transaction: minutes in which the loop of the
    /// runs would say nothing, and be taken for one that hangs.</summary>
    [Fact]
    public void A_writer_that_is_busy_holds_up_neither_whoever_looks_nor_another_run()
    {
        Look();
        _other.Answer.SetResult(true);
        Look();
        Look();

        Assert.Equal([_other], _putBack);
        Assert.Equal((1, 2), (_one.Asked, _other.Asked)); // and is not asked again and again

        _one.Answer.SetResult(true);
        Look();
        Assert.Contains(_one, _putBack);
    }

    [Fact]
    public async Task What_was_put_back_is_worth_a_look_at_once_and_nothing_else_is()
    {
        Look();
        _one.Answer.SetResult(false);
        _other.Answer.SetResult(true);

        await _woken.Task.WaitAsync(Patience.ForAnything);
        Look();

        Assert.Equal([_other], _putBack);
        Assert.Empty(_faulted);
    }

    [Fact]
    public void A_fault_is_told_of_its_run_and_a_full_disk_is_everybodys()
    {
        Look();
        _one.Answer.SetException(new LedgerException(new Wording("hỏng", "is malformed"), 11));
        Look();
        Assert.Equal([_one], _faulted.Select(each => each.Run));

        _other.Answer.SetException(new LedgerException(new Wording("đĩa đầy", "disk is full"), 13));
        Assert.Throws<LedgerException>(Look);
    }

    void Look() => _looks.Look([_one, _other]);

    /// <summary>A run whose writer answers when the test says.</summary>
    sealed class Busy : IRunView
    {
        public TaskCompletionSource<bool> Answer { get; private set; } = new();

        public int Asked { get; private set; }

        public RunAddress Address => throw new NotSupportedException();

        public RunInfo Info => throw new NotSupportedException();

        public RunCounters Counters => throw new NotSupportedException();

        public RunRoutes Routes => throw new NotSupportedException();

        public int? LaneOf(long seq) => throw new NotSupportedException();

        public Task<bool> NoticeResolutionsAsync()
        {
            Asked++;
            if (Answer.Task.IsCompleted)
                Answer = new TaskCompletionSource<bool>();
            return Answer.Task;
        }
    }
}
