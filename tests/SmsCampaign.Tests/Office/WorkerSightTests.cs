using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

public sealed class WorkerSightTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero));
    readonly DataFolder _data;

    public WorkerSightTests() => _data = new DataFolder(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Where_nobody_ever_sent_none_runs()
    {
        Assert.Equal(WorkerState.None, Look().State);
        Assert.Equal("Dịch vụ gửi KHÔNG chạy.", Look().ToWords().Vi);
    }

    [Fact]
    public void A_process_that_gives_signs_runs_with_its_pid_since_when_and_its_last_sign()
    {
        using var held = SendingLock.TryTake(_data, _time);
        Assert.Equal(WorkerState.Starts, Look().State);
        var signs = new LifeSigns(_data, "worker", _time);
        signs.Give();
        _time.Advance(TimeSpan.FromSeconds(65));
        signs.Give();
        _time.Advance(TimeSpan.FromSeconds(3));
        signs.Give(); // too soon to be written

        var sight = Look();

        Assert.Equal(WorkerState.Runs, sight.State);
        Assert.Equal(
            $"Dịch vụ gửi đang chạy (PID {Environment.ProcessId}, từ 30/07/2025 08:00); dấu hiệu hoạt động gần "
                + $"nhất: 30/07/2025 08:01:05.",
            sight.ToWords().Vi);
    }

    [Fact]
    public void One_that_holds_the_folder_and_says_nothing_is_stuck()
    {
        using var held = SendingLock.TryTake(_data, _time);
        new LifeSigns(_data, "worker", _time).Give();
        _time.Advance(LifeSign.StaleAfter);
        Assert.Equal(WorkerState.Runs, Look().State);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(WorkerState.IsStuck, Look().State);
        Assert.Contains(
            "KHÔNG có dấu hiệu hoạt động từ 30/07/2025 08:00", Look().ToWords().Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, WorkerState.Ended, "đã dừng theo yêu cầu lúc 30/07/2025 08:00:07")]
    [InlineData(false, WorkerState.WasCutOff, "lần trước bị ngắt, dấu hiệu hoạt động cuối cùng: 30/07/2025 08:00.")]
    public void One_that_is_gone_was_stopped_or_cut_off(bool inOrder, object state, string told)
    {
        using (SendingLock.TryTake(_data, _time))
        {
            var signs = new LifeSigns(_data, "worker", _time);
            signs.Give();
            _time.Advance(TimeSpan.FromSeconds(7));
            if (inOrder)
                signs.End();
        }

        Assert.Equal(state, Look().State);
        Assert.Contains(told, Look().ToWords().Vi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_breaks_off_was_not_stopped_in_order()
    {
        using (SendingLock.TryTake(_data, _time))
        {
            await new LifeSigns(_data, "send", _time).WhileAsync(() => Task.CompletedTask);
            Assert.NotNull(LifeSign.Read(_data)!.EndedAt);

            await Assert.ThrowsAsync<IOException>(
                () => new LifeSigns(_data, "send", _time).WhileAsync(() => throw new IOException("disk full")));
        }

        Assert.Equal(WorkerState.WasCutOff, Look().State);
    }

    [Fact]
    public void The_sign_of_the_process_before_is_not_that_of_the_one_that_starts()
    {
        new LifeSigns(_data, "worker", _time).Give();
        File.WriteAllText(_data.LifeSign, File.ReadAllText(_data.LifeSign).Replace(
            $"\"Pid\":{Environment.ProcessId}", "\"Pid\":1", StringComparison.Ordinal));
        using var held = SendingLock.TryTake(_data, _time);

        Assert.Equal(WorkerState.Starts, Look().State);
    }

    [Fact]
    public void Nor_where_both_have_the_same_pid_as_in_a_container()
    {
        new LifeSigns(_data, "worker", _time).Give();
        _time.Advance(LifeSign.StaleAfter + TimeSpan.FromSeconds(1));
        using var held = SendingLock.TryTake(_data, _time);
        Assert.Equal(WorkerState.Starts, Look().State);

        new LifeSigns(_data, "worker", _time).Give();
        Assert.Equal(WorkerState.Runs, Look().State);
    }

    WorkerSight Look() => WorkerSight.Read(_data, _time.GetUtcNow());
}
