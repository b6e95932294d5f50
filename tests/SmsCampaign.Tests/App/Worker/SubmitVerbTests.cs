using SmsCampaign.App;

namespace SmsCampaign.Tests.App.Worker;

/// <summary><c>submit</c>, <c>reject</c> and <c>revoke</c> as the officer sees them, and what <c>status</c> says in
/// between.</summary>
public sealed class SubmitVerbTests : OfficerVerbsCase
{
    [Fact]
    public async Task What_is_submitted_waits_with_its_note_and_the_next_commands()
    {
        var (exit, output, errors) = await SubmitAsync();

        Assert.True(exit == ExitCode.Done, errors);
        var code = Registry.Submissions.Read(Key)[0].Hash[..12];
        Assert.Contains("Đã trình phê duyệt: Trần Thị B", output, StringComparison.Ordinal);
        Assert.Contains(
            $"sms-campaign approve {_campaign.File} --by \"Họ tên\" --code {code}", output, StringComparison.Ordinal);
        Assert.Contains($"sms-campaign reject {Key.Campaign}", output, StringComparison.Ordinal);

        var shown = (await RunAsync("status")).Output;
        Assert.Contains("ngày 30/07/2099: chờ phê duyệt", shown, StringComparison.Ordinal);
        Assert.Contains("Trình phê duyệt: Trần Thị B [", shown, StringComparison.Ordinal);
        Assert.Contains($"mã {code}. Đã rà danh sách", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_draft_to_approved_and_back_status_says_where_it_stands()
    {
        await RunAsync("plan", _campaign.File);
        await AssertStageAsync("draft", "nháp, chưa được phê duyệt");

        await SubmitAsync();
        await AssertStageAsync("submitted", "chờ phê duyệt");

        await RunAsync("reject", Key.Campaign, "--by", "Nguyễn Văn A", "--reason", "thiếu hai xã");
        await AssertStageAsync("rejected", "bị từ chối phê duyệt");
        Assert.Contains("TỪ CHỐI: Nguyễn Văn A [", (await RunAsync("status")).Output, StringComparison.Ordinal);

        await SubmitAsync();
        await ApproveAsync();
        await AssertStageAsync("approved", "đã phê duyệt, chờ tới giờ");

        var (exit, output, errors) = await RunAsync(
            "revoke", Key.Campaign, "--by", "Nguyễn Văn A", "--reason", "tỉnh yêu cầu dừng");
        Assert.True(exit == ExitCode.Done, errors);
        Assert.Contains("sẽ không gửi cho tới khi được phê duyệt lại", output, StringComparison.Ordinal);
        await AssertStageAsync("draft", "nháp, chưa được phê duyệt");
        Assert.Contains(
            "HẾT HIỆU LỰC lúc", (await RunAsync("status")).Output, StringComparison.Ordinal);
        Assert.Contains(
            "Nguyễn Văn A thu hồi: tỉnh yêu cầu dừng", (await RunAsync("status")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await RunAsync("audit", "verify")).Exit);
    }

    [Fact]
    public async Task What_is_returned_or_withdrawn_is_a_draft_again_and_status_says_why()
    {
        await SubmitAsync();
        var (exit, output, errors) = await RunAsync(
            "return", Key.Campaign, "--by", "Nguyễn Văn A", "--reason", "ghi đúng ngày");
        Assert.True(exit == ExitCode.Done, errors);
        Assert.Contains("Đã trả lại để sửa bản Trần Thị B", output, StringComparison.Ordinal);
        await AssertStageAsync("draft", "nháp, chưa được phê duyệt");
        Assert.Contains("TRẢ LẠI ĐỂ SỬA: Nguyễn Văn A [", (await RunAsync("status")).Output, StringComparison.Ordinal);
        Assert.Contains(
            "\"rejectKind\":\"returned\"",
            (await RunAsync("status", "--json")).Output.Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);

        await SubmitAsync();
        (exit, output, errors) = await RunAsync(
            "withdraw", Key.Campaign, "--by", "Trần Thị B", "--reason", "còn thiếu một xã");
        Assert.True(exit == ExitCode.Done, errors);
        Assert.Contains("Đã rút bản Trần Thị B", output, StringComparison.Ordinal);
        await AssertStageAsync("draft", "nháp, chưa được phê duyệt");
        Assert.Contains("ĐÃ RÚT: Trần Thị B [", (await RunAsync("status")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await RunAsync("audit", "verify")).Exit);
    }

    [Fact]
    public async Task Where_an_approval_stands_a_return_says_that_the_run_goes_by_it()
    {
        await ApproveAsync();
        await SubmitAsync();

        var (exit, output, errors) = await RunAsync(
            "return", Key.Campaign, "--by", "Nguyễn Văn A", "--reason", "ghi đúng ngày");

        Assert.True(exit == ExitCode.Done, errors);
        Assert.Contains("VẪN CÓ HIỆU LỰC", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Không có gì được gửi", output, StringComparison.Ordinal);
        await AssertStageAsync("approved", "đã phê duyệt, chờ tới giờ");
    }

    [Fact]
    public async Task What_is_planned_otherwise_since_is_no_longer_what_was_submitted()
    {
        await SubmitAsync();
        _campaign.Write("subscribers.csv", "Số điện thoại,Xã/Phường\n0961234567,Ea Bung\n");
        await RunAsync("plan", _campaign.File);

        await AssertStageAsync("draft", "nháp, chưa được phê duyệt");
        Assert.Contains("Bản đã trình KHÁC bản đang có", (await RunAsync("status")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_say_what_there_is_and_what_to_do()
    {
        await RunAsync("plan", _campaign.File);

        var nothing = await RunAsync("reject", Key.Campaign, "--by", "A", "--reason", "sai");
        Assert.Equal(ExitCode.InputHasProblems, nothing.Exit);
        Assert.Contains(
            "Không có bản nào của ngày 30/07/2099 đang chờ phê duyệt", nothing.Errors, StringComparison.Ordinal);

        var none = await RunAsync("revoke", Key.Campaign);
        Assert.Equal(ExitCode.InputHasProblems, none.Exit);
        Assert.Contains("--by", none.Errors, StringComparison.Ordinal);
        Assert.Contains("--reason", none.Errors, StringComparison.Ordinal);
        Assert.Contains("không có phê duyệt nào đang có hiệu lực", none.Errors, StringComparison.Ordinal);

        var unknown = await RunAsync("revoke", "khong-co", "--by", "A", "--reason", "sai");
        Assert.Equal(ExitCode.InputHasProblems, unknown.Exit);
        Assert.Contains("khong-co", unknown.Errors, StringComparison.Ordinal);
    }

    async Task AssertStageAsync(string stage, string words)
    {
        Assert.Contains(
            $"\"stage\":\"{stage}\"",
            (await RunAsync("status", "--json")).Output.Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains($"ngày 30/07/2099: {words}", (await RunAsync("status")).Output, StringComparison.Ordinal);
    }

    Task<(int Exit, string Output, string Errors)> SubmitAsync() =>
        RunAsync("submit", _campaign.File, "--by", "Trần Thị B", "--note", "Đã rà danh sách");
}
