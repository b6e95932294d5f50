using System.Text;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Http;

public class HttpReceiptsTests : HttpCase
{
    [Theory]
    [InlineData("""{"ref": "r1", "status": "Q"}""", MessageStatus.Accepted, null, "Q")]
    [InlineData("""{"ref": "r1", "status": "S"}""", MessageStatus.Sent, null, "S")]
    [InlineData("""{"ref": "r1", "status": "D", "err": "0"}""", MessageStatus.Delivered, null, "0")]
    [InlineData("""{"ref": "r1", "status": "F", "err": 12}""", MessageStatus.Failed, FailureClass.Number, "12")]
    [InlineData("""{"ref": "r1", "status": "F", "err": "77"}""", MessageStatus.Failed, FailureClass.Unknown, "77")]
    // by its status
    [InlineData("""{"ref": "r1", "status": "X", "err": "77"}""", MessageStatus.Failed, FailureClass.Expired, "77")]
    [InlineData("""{"ref": "r1", "status": "X"}""", MessageStatus.Failed, FailureClass.Expired, "X")]
    [InlineData(
        """{"ref": "r1", "status": "F", "err": "84912345678"}""",
        MessageStatus.Failed,
        FailureClass.Unknown,
        "84912***678")]
    [InlineData(
        """{"ref": "r1", "status": "F", "err": "a b"}""", MessageStatus.Failed, FailureClass.Unknown, "(not a code)")]
    public void A_receipt_is_read_by_the_tables(string body, MessageStatus status, FailureClass? failure, string code)
    {
        var receipt = Assert.Single(Read(Options(), body));

        Assert.Equal(
            ("r1", null, status, failure, code),
            (receipt.Reference, receipt.CarrierMessageId, receipt.Status, receipt.Failure, receipt.Code));
    }

    [Theory]
    [InlineData("iso", "2025-07-30T08:00:00+07:00", "2025-07-30T01:00:00Z")]
    [InlineData("iso", "2025-07-30T08:00:00Z", "2025-07-30T08:00:00Z")]
    [InlineData("iso", "2025-07-30T08:00:00.5", "2025-07-30T01:00:00.5Z")] // without an offset: Vietnam's
    [InlineData("unixSeconds", "1753837200", "2025-07-30T01:00:00Z")]
    [InlineData("unixMilliseconds", "1753837200250", "2025-07-30T01:00:00.25Z")]
    [InlineData("dd/MM/yyyy HH:mm:ss", "30/07/2025 08:00:00", "2025-07-30T01:00:00Z")]
    [InlineData("iso", "yesterday", null)]
    [InlineData("iso", "0001-01-01T00:00:00", null)] // 07:00 before the first moment there is
    [InlineData("unixSeconds", "1e30", null)]
    [InlineData("unixSeconds", "99999999999999999999", null)]
    // the largest decimal: times a second's ticks it overflows
    [InlineData("unixSeconds", "79228162514264337593543950335", null)]
    public void A_receipts_time_is_read_as_described(string format, string written, string? expected)
    {
        var options = Options();
        options.Receipts!.TimeFormat = format;

        var receipt = Assert.Single(Read(options, $$"""{"ref": "r1", "status": "D", "at": "{{written}}"}"""));

        Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            receipt.At);
    }

    [Fact]
    public void Receipts_may_come_as_a_list_or_at_a_path()
    {
        Assert.Equal(["a", "b"], Read(Options(), """[{"id": "a", "status": "D"}, {"id": "b", "status": "S"}]""").Select(
            receipt => receipt.CarrierMessageId));

        var options = Options();
        options.Receipts!.Items = "data.list";
        Assert.Equal(["a"], Read(options, """{"data": {"list": [{"id": "a", "status": "D"}]}}""").Select(receipt =>
            receipt.CarrierMessageId));
    }

    [Fact]
    public void What_is_wrong_with_one_receipt_of_a_list_spoils_no_other()
    {
        var callback = new ReceiptCallback(new Dictionary<string, string>(), Encoding.UTF8.GetBytes(
            """[{"id": "a", "status": "D"}, {"id": "b", "status": "ZZ"}, {"id": "\ud800", "status": "D"}, 7, {"id": "c", "status": "S"}]"""),
            "application/json");

        var read = ((IReceiptSource)Carrier(Options())).ReadReceipts(callback);

        Assert.Equal([("a", 0), ("c", 4)], read.Select(receipt => (receipt.CarrierMessageId, receipt.Item)));
        Assert.Equal([1, 2, 3], callback.Unread.Select(unread => unread.Item));
        Assert.Equal("unknown status 'ZZ'", callback.Unread[0].Why);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Receipts_are_read_however_they_are_encoded(string encoding)
    {
        var writes = Encoding.GetEncoding(encoding);
        var options = Options();
        foreach (var (from, body) in new[]
        {
            (HttpReceiptSource.Json, """{"ref": "r1", "status": "D"}"""),
            (HttpReceiptSource.Form, "ref=r1&status=D"),
        })
        {
            options.Receipts!.From = from;
            foreach (var bytes in new[] { writes.GetBytes(body), [.. writes.GetPreamble(), .. writes.GetBytes(body)] })
            {
                var read = ((IReceiptSource)Carrier(options)).ReadReceipts(
                    new ReceiptCallback(new Dictionary<string, string>(), bytes, ""));
                Assert.Equal("r1", Assert.Single(read).Reference);
            }
        }
    }

    [Fact]
    public void Receipts_may_come_as_a_query_or_a_form()
    {
        var options = Options();
        options.Receipts!.From = HttpReceiptSource.Query;
        var byQuery = ((IReceiptSource)Carrier(options)).ReadReceipts(new ReceiptCallback(
            new Dictionary<string, string> { ["ref"] = "r1", ["status"] = "D" }, default, ""));

        options.Receipts.From = HttpReceiptSource.Form;
        var byForm = Read(options, "ref=r%31&status=D");

        Assert.Equal(["r1", "r1"], byQuery.Concat(byForm).Select(receipt => receipt.Reference));
    }

    [Theory]
    [InlineData("""{"ref": "r1", "status": "ZZ"}""", "unknown status 'ZZ'")]
    [InlineData("""{"ref": "r1", "status": "0912345678"}""", "unknown status '0912***678'")]
    [InlineData("""{"ref": "r1"}""", "no 'status'")]
    [InlineData("""{"status": "D"}""", "no 'ref'")]
    [InlineData("""{"ref": "\ud800", "status": "D"}""", "not readable")]
    [InlineData("", "not readable")]
    [InlineData("7", "no 'ref'")]
    public void A_callback_that_is_not_this_carriers_is_refused_by_name(string body, string expected)
    {
        var refused = Assert.Throws<FormatException>(() => Read(Options(), body));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ref": "r1", "status": "D"}""", null, null)]
    [InlineData("""{"ref": "r1", "status": "D", "part": 2, "of": "3"}""", 2, 3)]
    [InlineData("""{"ref": "r1", "status": "D", "part": 255}""", 255, null)]
    public void A_receipt_tells_the_part_it_is_about(string body, int? part, int? parts)
    {
        var receipt = Assert.Single(Read(WithParts(), body));

        Assert.Equal((part, parts), (receipt.Part, receipt.Parts));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("256")]
    [InlineData("-1")]
    [InlineData("\"last\"")]
    public void A_part_that_makes_no_sense_is_refused_rather_than_taken_for_the_message(string part)
    {
        var refused = Assert.Throws<FormatException>(
            () => Read(WithParts(), $$"""{"ref": "r1", "status": "D", "part": {{part}}}"""));

        Assert.Contains("'part'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lane_without_receipts_refuses_them()
    {
        var options = Options();
        options.Receipts = null;

        Assert.Throws<FormatException>(() => Read(options, "{}"));
    }

    HttpLaneOptions WithParts()
    {
        var options = Options();
        (options.Receipts!.Part, options.Receipts.Parts) = ("part", "of");
        return options;
    }
}
