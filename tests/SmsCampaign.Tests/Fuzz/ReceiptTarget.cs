using System.Text;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Fuzz;

/// <summary>
/// Receipts as JSON, form and query: read with what a receipt must have, or refused by a FormatException that gives no
/// number away.
/// </summary>
sealed class ReceiptTarget : IFuzzTarget
{
    readonly Mutator _json;
    readonly Mutator _fields;
    readonly HttpCarrier _jsonLane = Lane(HttpReceiptSource.Json, "receipts");
    readonly HttpCarrier _formLane = Lane(HttpReceiptSource.Form, null);
    readonly HttpCarrier _queryLane = Lane(HttpReceiptSource.Query, null);

    public ReceiptTarget(int seed)
    {
        string[] tokens =
        [
            "DELIVRD", "UNDELIV", "\"status\":", "status=", "&", "=", "%", "%zz", "%E1%BB%87", "+", "84912345001",
            "\"at\":\"2025-13-45\"", "at=99999999999999999", "\"id\":null", "\"reference\":1.5", "[[[[", "{\"a\":",
            "\\ud800", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "\"receipts\":", "absent_subscriber",
        ];
        _json = new Mutator(
            seed,
            [
                """{"receipts":[{"reference":"abcd2345-4fti4u","id":"vt-1","status":"DELIVRD","code":"","at":"2025-07-30T08:15:30.123+07:00"}]}"""u8
                    .ToArray(),
                """{"receipts":[{"reference":"abcd2345-4fti4u","id":"1","status":"UNDELIV","code":"absent_subscriber","at":"2025-07-30 08:15:30"},{"id":"2","status":"ENROUTE"}]}"""u8
                    .ToArray(),
            ],
            tokens);
        _fields = new Mutator(
            seed,
            ["reference=abcd2345-4fti4u&id=vt-1&status=DELIVRD&code=000&at=2025-07-30T08%3A15%3A30%2B07%3A00"u8
                .ToArray()],
            tokens);
    }

    public bool Try(int number)
    {
        try
        {
            foreach (var receipt in Read(number))
                Check(receipt);
            return true;
        }
        catch (FormatException refused)
        {
            return refused.Message.Contains("912345001", StringComparison.Ordinal)
                ? throw new BrokenPromiseException($"the refusal gives a number away: {refused.Message}")
                : false;
        }
    }

    public void Dispose()
    {
    }

    IReadOnlyList<DeliveryReceipt> Read(int number)
    {
        var noQuery = new Dictionary<string, string>();
        switch (number % 3)
        {
            case 0:
                return _formLane.ReadReceipts(
                    new ReceiptCallback(noQuery, _fields.Make(number), "application/x-www-form-urlencoded"));
            case 1:
                // As the settler takes a query apart.
                var query = System.Web.HttpUtility.ParseQueryString(Encoding.UTF8.GetString(_fields.Make(number)));
                return _queryLane.ReadReceipts(new ReceiptCallback(
                    query.AllKeys.OfType<string>().ToDictionary(name => name, name => query[name] ?? ""),
                    ReadOnlyMemory<byte>.Empty,
                    ""));
            default:
                return _jsonLane.ReadReceipts(new ReceiptCallback(noQuery, _json.Make(number), "application/json"));
        }
    }

    static void Check(DeliveryReceipt receipt)
    {
        if (receipt is { Reference: null, CarrierMessageId: null })
            throw new BrokenPromiseException("a receipt about no message");
        if (receipt.Status is not (MessageStatus.Accepted
            or MessageStatus.Sent
            or MessageStatus.Delivered
            or MessageStatus.Failed))
            throw new BrokenPromiseException($"a receipt that says {receipt.Status}");
        if ((receipt.Failure is null) == (receipt.Status == MessageStatus.Failed))
            throw new BrokenPromiseException("a class of failure without one, or none with one");
        if (receipt.Code?.Contains("912345001", StringComparison.Ordinal) == true)
            throw new BrokenPromiseException("a code that gives a number away");
    }

    static HttpCarrier Lane(HttpReceiptSource from, string? items) => new HttpCarrier(
        new HttpLaneOptions
        {
            Answer = new HttpAnswerOptions { Id = "id" },
            Receipts = new HttpReceiptOptions
            {
                From = from,
                Items = items,
                Reference = "reference",
                Id = "id",
                Status = "status",
                Statuses =
                {
                    ["ENROUTE"] = HttpReceiptMeaning.Sent,
                    ["DELIVRD"] = HttpReceiptMeaning.Delivered,
                    ["UNDELIV"] = HttpReceiptMeaning.Failed,
                },
                Code = "code",
                Failures = { ["absent_subscriber"] = FailureClass.Network },
                Time = "at",
            },
        },
        new HttpClient(new HttpClientHandler()));
}
