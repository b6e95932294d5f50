namespace SmsCampaign.Tests.EndToEnd;

/// <summary>A gateway that goes away and comes back while a person watches <c>send</c>.</summary>
[Trait("Category", "Slow")]
public sealed class SendOutageTests
{
    [Fact]
    public async Task An_outage_is_said_when_it_is_seen_and_when_it_is_over()
    {
        await using var office = await Office.OpenAsync(
            [new OfficeLane("viettel", 84_960_000_001, 60, 300)
            {
                MaxInFlight = 20,
                ReceiptTimeout = TimeSpan.FromSeconds(8),
            }]);
        await office.ApproveAsync();
        office.Network.WithholdAnswersFrom(1);

        await using var program = office.Start("send", office.CampaignFile);
        await program.UntilAsync(() => office.MessagesSeen() >= 20);
        await office.Network.DieAsync(); // cuts off all that wait for an answer: the breaker opens
        office.Network.AnswerAll();
        await office.Network.ReturnAsync();

        var ended = await program.WaitAsync();

        var lines = ended.Errors
            .Split('\n')
            .Where(line => line.StartsWith("Kênh gửi 'viettel' ", StringComparison.Ordinal))
            .ToList();
        Assert.True(lines.Count == 2, $"{ended}");
        Assert.Matches(
            @"^Kênh gửi 'viettel' KHÔNG chuyển được tin từ \d\d/\d\d/\d{4} \d\d:\d\d(:\d\d)?: quá nhiều yêu cầu bị lỗi nên tạm ngừng gửi.*\. Chương trình đang thử lại; các tin chưa gửi vẫn chờ\.$", lines[0]);
        Assert.Matches("^Kênh gửi 'viettel' chuyển tin được trở lại, sau [1-9].*\\.$", lines[1]);
        Assert.Equal(60, office.Network.Stats().DistinctPhones);
        Assert.Equal(0, office.Network.Stats().PhonesWithMoreThanOne);
    }
}
