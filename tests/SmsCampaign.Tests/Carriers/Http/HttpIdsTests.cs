using SmsCampaign.Carriers;

namespace SmsCampaign.Tests.Carriers.Http;

public class HttpIdsTests : HttpCase
{
    [Fact]
    public void Ids_in_receipts_are_brought_to_the_form_of_the_lane()
    {
        var options = Options();
        options.Receipts!.IdForm = CarrierIdForm.Number;

        Assert.Equal("12", Assert.Single(Read(options, """{"id": " 0012", "status": "D"}""")).CarrierMessageId);
        Assert.Throws<FormatException>(() => Read(options, """{"id": " ", "status": "D"}"""));
    }

    [Theory]
    [InlineData("""{"code": "ok", "ids": ["0A", "0b"]}""", "0A,0b", "10 11")]
    [InlineData("""{"code": "ok", "ids": [{"id": "0A"}, {"id": 16}]}""", "0A,16", "10 22")]
    [InlineData("""{"code": "ok", "ids": []}""", null, null)]
    [InlineData("""{"code": "ok", "ids": ["0A", ""]}""", null, null)] // taken, but the second part under what id?
    [InlineData("""{"code": "ok", "ids": ["0A", null]}""", null, null)]
    [InlineData("""{"code": "ok", "id": "0A"}""", null, null)]
    public async Task An_answer_may_give_each_part_an_id(string answer, string? written, string? inReceipts)
    {
        var options = Options();
        (options.Answer!.Ids, options.Answer.IdForm) = ("ids", CarrierIdForm.Hex);

        var result = await AnswerAsync(options, answer);

        Assert.Equal(written is null ? SendOutcome.Uncertain : SendOutcome.Accepted, result.Outcome);
        Assert.Equal(
            (written, inReceipts),
            (result.CarrierMessageId, result.ReceiptIds is { } ids ? string.Join(' ', ids) : null));
    }

    [Theory]
    [InlineData(CarrierIdForm.AsIs, "m-1", null)]
    [InlineData(CarrierIdForm.AsIs, " m-1", "m-1")]
    [InlineData(CarrierIdForm.Hex, "0x0A", "10")]
    public async Task An_id_is_kept_as_it_was_written_and_as_receipts_give_it(
        CarrierIdForm form, string id, string? inReceipts)
    {
        var options = Options();
        options.Answer!.IdForm = form;

        var result = await AnswerAsync(options, $$"""{"code": "ok", "id": "{{id}}"}""");

        Assert.Equal(
            (id, inReceipts), (result.CarrierMessageId, result.ReceiptIds is { } ids ? Assert.Single(ids) : null));
    }

    [Theory]
    [InlineData(null, null, true, false)]
    [InlineData("ids", null, false, true)] // only the id tells the part
    [InlineData("ids", "part", true, false)]
    public void Ids_are_kept_where_receipts_cannot_be_matched_without(string? ids, string? part, bool repeats, bool own)
    {
        var options = Options();
        (options.Answer!.Ids, options.Receipts!.Part) = (ids, part);
        var source = (IReceiptSource)Carrier(options);

        Assert.Equal((repeats, own), (source.RepeatsReference, source.PartsHaveOwnIds));
    }
}
