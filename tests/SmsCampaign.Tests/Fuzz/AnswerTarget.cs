using System.Net;
using System.Text.Json;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Fuzz;

/// <summary>
/// A gateway's answers through the <c>http</c> adapter: one result a message, never an exception, and no secret,
/// number or text in a reason.
/// </summary>
sealed class AnswerTarget : IFuzzTarget
{
    const string Secret = "s3cret-Key";
    static readonly string[] Waits = ["5", "-1", "Wed, 30 Jul 2025 08:00:00 GMT", "99999999999999", "x"];
    static readonly int[] Statuses =
        [200, 200, 200, 200, 201, 204, 301, 307, 400, 401, 402, 404, 408, 413, 429, 500, 502, 503, 599];

    readonly Mutator _mutator;
    readonly List<(ICarrier Carrier, Answering Gateway, IReadOnlyList<OutboundSms> Messages)> _lanes = [];
    readonly int _seed;

    public AnswerTarget(int seed)
    {
        _seed = seed;
        _mutator = new Mutator(
            seed,
            [
                """{"reference":"abcd2345-4fti4u","id":"vt-000001","code":"queued"}"""u8.ToArray(),
                """{"results":[{"reference":"abcd2345-4fti4u","id":"1","code":"queued"},{"reference":"abcd2345-4fti4v","id":"2","code":"too_fast"},{"reference":"abcd2345-4fti4w","id":"3","code":"barred_number"}]}"""u8
                    .ToArray(),
                """{"code":"no_credit"}"""u8.ToArray(),
                "<html><body>503 Service Unavailable</body></html>"u8.ToArray(),
            ],
            [
                "queued", "too_fast", "barred_number", "outside_hours", "84912345001", "0912345001", Secret, "Toàn dân",
                "\"code\":", "\"id\":null", "\"id\":{}", "\"id\":[1]", "\"results\":[", "{\"a\":", "[[[[", "\\ud800",
                "\\u0000", "\"code\":\"queued\"", "true", "1e400", ",", "]}", "{}", "\"reference\":\"abcd2345-4fti4u\"",
            ]);
        _lanes.Add(Lane(list: false, HttpMatch.Order));
        _lanes.Add(Lane(list: true, HttpMatch.Order));
        _lanes.Add(Lane(list: true, HttpMatch.Reference));
    }

    public bool Try(int number)
    {
        var random = Mutator.RandomOf(_seed, number, 2);
        var (carrier, gateway, messages) = _lanes[number % _lanes.Count];
        gateway.Answer = _mutator.Make(number);
        gateway.Status = Statuses[random.Next(Statuses.Length)];
        gateway.RetryAfter = random.Next(4) == 0 ? Waits[random.Next(Waits.Length)] : null;

        var results = carrier.SendAsync(messages, CancellationToken.None).GetAwaiter().GetResult();
        if (results.Count != messages.Count)
            throw new BrokenPromiseException($"{results.Count} results for {messages.Count} messages");

        foreach (var reason in results.Select(result => result.Reason).OfType<string>())
        {
            if (reason.Contains(Secret, StringComparison.Ordinal)
                || reason.Contains("912345001", StringComparison.Ordinal)
                || reason.Contains("Toàn dân", StringComparison.Ordinal) || reason.Length > 200)
                throw new BrokenPromiseException($"the reason gives too much away: {reason}");
        }

        return results.Any(result => result.Outcome == SendOutcome.Accepted);
    }

    public void Dispose()
    {
    }

    static (ICarrier, Answering, IReadOnlyList<OutboundSms>) Lane(bool list, HttpMatch match)
    {
        var gateway = new Answering();
        var options = new HttpLaneOptions
        {
            Type = "http",
            StandIn = true,
            Url = new Uri("http://127.0.0.1:1/"),
            MostPerCall = list ? 3 : 1,
            Headers = { ["Authorization"] = Secret },
            Secrets = [Secret],
            Body = Json(
                list ? """{"messages":"{items}"}""" : """{"reference":"{reference}","to":"{to}","text":"{text}"}"""),
            Item = list ? Json("""{"reference":"{reference}","to":"{to}","text":"{text}"}""") : null,
            Answer = new HttpAnswerOptions
            {
                Results = list ? "results" : null,
                Match = match,
                Reference = match == HttpMatch.Reference ? "reference" : null,
                Id = "id",
                Code = "code",
                Accepted = ["queued"],
                Refused = { ["barred_number"] = FailureClass.Number, ["no_credit"] = FailureClass.Quota },
                Throttled = ["too_fast"],
                Closed = ["outside_hours"],
            },
        };
        var messages = Enumerable.Range(0, options.MostPerCall).Select(at => new OutboundSms(
            $"abcd2345-4fti4{(char)('u' + at)}",
            new PhoneNumber(84_912_345_001 + at),
            "CHINH PHU",
            SmsText.Compose("Toàn dân tích cực")))
            .ToList();
        return (new HttpCarrier(options, new HttpClient(gateway)), gateway, messages);
    }

    static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    sealed class Answering : HttpMessageHandler
    {
        public byte[] Answer { get; set; } = [];
        public int Status { get; set; }
        public string? RetryAfter { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage((HttpStatusCode)Status) { Content = new ByteArrayContent(Answer) };
            if (RetryAfter is { } wait)
                response.Headers.TryAddWithoutValidation("Retry-After", wait);
            return Task.FromResult(response);
        }
    }
}
