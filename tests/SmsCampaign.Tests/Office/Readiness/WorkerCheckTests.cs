using SmsCampaign.Office;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Office.Readiness;

public sealed class WorkerCheckTests
{
    static readonly DateTimeOffset Since = ReadyCases.Now.AddHours(-1);

    static readonly LifeSign Sign = new("worker", 7, "may-chu", Since, ReadyCases.Now)
    {
        Version = ProgramVersion.Current,
    };

    static readonly ReadyCase Due = ReadyCases.Of() with { Key = ReadyCases.Key };

    [Fact]
    public async Task A_worker_of_this_version_that_runs_is_green() => ReadyCases.Is(
        ReadyLight.Green, "đang chạy từ 29/07/2025 14:00, bản ", await LookAsync(WorkerState.Runs, Sign));

    [Theory]
    [InlineData("0.1.0", "đang chạy bản 0.1.0, lệnh này là bản ")]
    [InlineData(null, "bằng một bản cũ hơn bản ")]
    public async Task One_of_another_version_must_be_started_again(string? version, string said)
    {
        var found = await LookAsync(WorkerState.Runs, Sign with { Version = version });

        ReadyCases.Is(ReadyLight.Amber, said, found);
        Assert.Contains("systemctl restart sms-campaign", found.ToDo!.Value.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WorkerState.Starts, ReadyLight.Amber, "đang khởi động")]
    [InlineData(WorkerState.IsStuck, ReadyLight.Red, "có thể đã treo: không có dấu hiệu hoạt động từ 29/07/2025 15:00")]
    [InlineData(WorkerState.WasCutOff, ReadyLight.Red, "KHÔNG chạy; lần trước bị ngắt")]
    [InlineData(WorkerState.Ended, ReadyLight.Red, "KHÔNG chạy; đã dừng theo yêu cầu lúc 29/07/2025 15:00")]
    public async Task One_that_does_not_run_is_no_readiness(WorkerState state, ReadyLight light, string said) =>
        ReadyCases.Is(light, said, await LookAsync(state, Sign));

    [Fact]
    public async Task Where_none_ever_ran_it_says_with_which_data_folder()
    {
        var found = await LookAsync(WorkerState.None, null);

        ReadyCases.Is(ReadyLight.Red, "KHÔNG chạy. Thư mục dữ liệu: ", found);
        Assert.Contains("hãy ghi đúng --data", found.ToDo!.Value.Vi, StringComparison.Ordinal);
    }

    /// <summary>On a machine that has nothing to send nobody needs it.</summary>
    [Fact]
    public async Task Where_nothing_is_due_a_worker_that_does_not_run_is_a_note() => ReadyCases.Is(
        ReadyLight.Amber,
        "Chưa có lượt gửi nào chờ",
        await new WorkerCheck(_ => new WorkerSight(WorkerState.None, null)).LookAsync(ReadyCases.Of()));

    [Fact]
    public async Task The_verb_send_is_no_worker() => ReadyCases.Is(
        ReadyLight.Amber, "lệnh 'send' đang gửi", await LookAsync(WorkerState.Runs, Sign with { Verb = "send" }));

    [Fact]
    public async Task The_worker_itself_need_not_look() => ReadyCases.Is(
        ReadyLight.Green,
        "đang chạy và tự kiểm tra",
        await new WorkerCheck(_ => throw new InvalidOperationException()).LookAsync(Due with { IsWorker = true }));

    static Task<ReadyFinding> LookAsync(WorkerState state, LifeSign? sign) =>
        new WorkerCheck(_ => new WorkerSight(state, sign)).LookAsync(Due);
}
