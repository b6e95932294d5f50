using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

[Trait("Category", "Slow")]
public sealed class PartReceiptTests
{
    [Fact]
    public async Task Receipts_of_two_parts_each_become_one_status_a_message()
    {
        await using var office = await Office.OpenAsync(
            [new OfficeLane("viettel", 84_960_000_001, 200, 2_000) { MostPerCall = 4 }],
            carrier => carrier with
            {
                ReceiptEachPart = true,
                FailedShare = 0.2,
                DuplicateShare = 0.2,
                BeforeAnswerShare = 0.2,
            });
        await office.ApproveAsync();

        var sent = await office.RunAsync("send", office.CampaignFile);

        Assert.True(sent.ExitCode == 0, $"{sent}");
        var messages = new LedgerFacts(office.Data.Run(office.Key)).Messages();
        Assert.Equal(200, messages.Count(message => message.Status is MessageStatus.Delivered or MessageStatus.Failed));
        Assert.InRange(messages.Count(message => message.Status == MessageStatus.Failed), 10, 90); // a fifth, by chance
    }
}
