using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Esms;

/// <summary>What the gateway calls back with.</summary>
public class EsmsReceiptTests : EsmsCase
{
    [Theory]
    [InlineData("1", "0", "0", MessageStatus.Accepted, null, "1 telco 1")]
    [InlineData("2", "0", "0", MessageStatus.Accepted, null, "2 telco 1")]
    [InlineData("4", "0", "0", MessageStatus.Failed, FailureClass.Unknown, "4 telco 1")]
    [InlineData("5", "1", "0", MessageStatus.Delivered, null, "5 telco 1")]
    [InlineData("5", "0", "2", MessageStatus.Failed, FailureClass.Unknown, "5 telco 1")]
    [InlineData("5", "0", "0", MessageStatus.Sent, null, "5 telco 1")]
    [InlineData("7", "0", "0", MessageStatus.Sent, null, "7 telco 1")]
    public void A_callback_is_read(
        string status, string success, string failed, MessageStatus expected, FailureClass? failure, string code)
    {
        var receipt = Assert.Single(Read(Sample("c1-0000001-7", status, success, failed)));

        Assert.Equal(
            ("c1-0000001", Id, expected, failure, code),
            (receipt.Reference, receipt.CarrierMessageId, receipt.Status, receipt.Failure, receipt.Code));
    }

    [Theory]
    [InlineData("c1-0000001-7", "c1-0000001")]
    [InlineData("c1-0000001", "c1-0000001")] // sent where repeats are dropped, however the lane is set today
    [InlineData("c1-0000001-x", null)]
    [InlineData("96accf59-0c41-4bc7-a5c4-4a466c2e41c2", null)] // somebody else's
    [InlineData("", null)]
    public void A_callback_is_of_the_message_whose_reference_it_names(string request, string? reference)
    {
        var receipt = Assert.Single(Read(Sample(request, "5", "1", "0")));

        Assert.Equal((reference, Id), (receipt.Reference, receipt.CarrierMessageId));
    }

    [Theory]
    [InlineData("telcoid", "7", "5 telco 7")]
    [InlineData("telcoid", "0912345678", "5")]
    [InlineData("telcoid", "", "5")]
    public void The_network_it_went_to_is_kept_where_it_is_one(string field, string value, string code)
    {
        var query = Sample("c1-0000001-7", "5", "1", "0");
        query[field] = value;

        Assert.Equal(code, Assert.Single(Read(query)).Code);
    }

    [Theory]
    [InlineData("SendStatus", "")]
    [InlineData("SendStatus", "3")]
    [InlineData("SendStatus", "0912345678")]
    [InlineData("SendSuccess", "x")]
    [InlineData("SendFailed", "1")] // beside one that succeeded: which of them is it
    public void A_callback_that_makes_no_sense_is_refused(string field, string value)
    {
        var query = Sample("c1-0000001-7", "5", "1", "0");
        query[field] = value;

        var refused = Assert.Throws<FormatException>(() => Read(query));

        Assert.DoesNotContain("0912345678", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SendStatus")]
    [InlineData("SendSuccess")]
    [InlineData("RequestId", "SMSID")]
    public void A_callback_that_lacks_something_is_refused(params string[] fields)
    {
        var query = Sample("c1-0000001-7", "5", "1", "0");
        foreach (var field in fields)
            query.Remove(field);

        Assert.Throws<FormatException>(() => Read(query));
    }

    IReadOnlyList<DeliveryReceipt> Read(Dictionary<string, string> query) =>
        ((IReceiptSource)Carrier(Options())).ReadReceipts(new ReceiptCallback(query, ReadOnlyMemory<byte>.Empty, ""));

    /// <summary>As the document's sample of a care message has it.</summary>
    static Dictionary<string, string> Sample(string request, string status, string success, string failed) => new()
    {
        ["SMSID"] = Id,
        ["SendFailed"] = failed,
        ["SendStatus"] = status,
        ["SendSuccess"] = success,
        ["TotalPrice"] = "0.0000",
        ["TotalReceiver"] = "1",
        ["TotalSent"] = "1",
        ["RequestId"] = request,
        ["TypeId"] = "2",
        ["telcoid"] = "1",
        ["phonenumber"] = "0912345678",
        ["switchsmsid"] = "",
    };
}
