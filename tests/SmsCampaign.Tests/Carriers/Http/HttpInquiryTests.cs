using System.Text;
using System.Text.Json;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace SmsCampaign.Tests.Carriers.Http;

/// <summary>What an <c>http</c> lane asks its gateway, and what it makes of the answer.</summary>
public sealed class HttpInquiryTests : IDisposable
{
    const string Secret = "s3cret";

    readonly WireMockServer _server = WireMockServer.Start();
    readonly List<IDisposable> _made = [];

    public void Dispose()
    {
        _made.ForEach(each => each.Dispose());
        _server.Dispose();
    }

    [Theory]
    [InlineData("""{"status": "Q"}""", MessageStatus.Accepted, null, "Q")]
    [InlineData("""{"status": "S"}""", MessageStatus.Sent, null, "S")]
    [InlineData("""{"status": "D", "code": 0}""", MessageStatus.Delivered, null, "0")]
    [InlineData("""{"status": "F", "code": "12"}""", MessageStatus.Failed, FailureClass.Number, "12")]
    [InlineData("""{"status": "F", "code": "99"}""", MessageStatus.Failed, FailureClass.Unknown, "99")]
    [InlineData("""[{"status": "D"}]""", MessageStatus.Delivered, null, "D")] // a list of one
    public async Task A_known_status_is_read_by_the_tables(
        string body, MessageStatus status, FailureClass? failure, string code)
    {
        Answer(200, body);

        var receipt = (await AskAsync()).Receipt;

        Assert.Equal((status, failure, code), (receipt?.Status, receipt?.Failure, receipt?.Code));
    }

    [Theory]
    [InlineData(200, """{"status": "X"}""")]
    [InlineData(200, """[{"status": "X"}]""")]
    [InlineData(404, "")] // absentStatuses
    [InlineData(404, """{"status": "D"}""")]
    public async Task Only_what_the_tables_say_means_that_the_gateway_does_not_know_the_message(int status, string body)
    {
        Answer(status, body);

        Assert.True((await AskAsync()).IsNotThere);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "null")]
    [InlineData(200, "[]")] // an empty list is no proof unless the lane says so
    [InlineData(200, "{}")]
    [InlineData(200, "{\"status\": \"X")] // cut off
    [InlineData(200, """{"status": "ZZ"}""")] // in no table
    [InlineData(200, """{"status": null}""")]
    [InlineData(200, """[{"status": "D"}, {"status": "X"}]""")] // asked about one
    [InlineData(200, "<html><body>Đăng nhập</body></html>")]
    [InlineData(400, "")]
    [InlineData(410, """{"status": "X"}""")]
    [InlineData(429, "")]
    [InlineData(500, "")]
    [InlineData(302, "")]
    public async Task Whatever_makes_no_sense_says_nothing(int status, string body)
    {
        Answer(status, body);

        var answer = await AskAsync();

        Assert.Equal((null, false), (answer.Receipt, answer.IsNotThere));
        Assert.NotNull(answer.Reason);
    }

    [Fact]
    public async Task An_empty_list_means_absent_where_the_gateway_leaves_out_what_it_does_not_know()
    {
        Answer(200, "[]");

        Assert.True((await AskAsync(options => options.LeavesOutAbsent = true)).IsNotThere);
    }

    [Theory]
    [InlineData(null)] // closed without an answer
    [InlineData("")] // never answered
    [InlineData("HTTP/1.1 404 X\r\nContent-Length: 50\r\n\r\n{")] // breaks off
    public async Task A_connection_that_breaks_says_nothing(string? written)
    {
        using var gateway = new RawGateway(_ => written);

        var answer = Assert.Single(
            await Carrier(Options(gateway.Url.ToString())).AskAsync([Some], CancellationToken.None));

        Assert.Equal((null, false), (answer.Receipt, answer.IsNotThere));
    }

    [Fact]
    public async Task A_wait_the_gateway_asks_for_is_passed_on()
    {
        _server
            .Given(Request.Create())
            .RespondWith(Response.Create().WithStatusCode(429).WithHeader("Retry-After", "30"));

        Assert.Equal(TimeSpan.FromSeconds(30), (await AskAsync()).RetryAfter);
    }

    [Fact]
    public async Task A_request_names_the_message_in_path_query_and_headers_as_described()
    {
        Answer(200, """{"status": "D"}""");

        await Carrier(Options($"{_server.Url}/messages/{{id}}/state?v=2", options =>
        {
            options.Query = new() { ["ref"] = "x-{reference}" };
            options.Headers = new() { ["Authorization"] = "Bearer " + Secret };
        })).AskAsync([Some with { CarrierMessageId = "a/b" }], CancellationToken.None);

        var request = Assert.Single(_server.LogEntries).RequestMessage!;
        Assert.Equal("GET", request.Method);
        Assert.EndsWith("/messages/a%2Fb/state?v=2&ref=x-c1-0000001", request.AbsoluteUrl, StringComparison.Ordinal);
        Assert.Equal("Bearer " + Secret, request.Headers!["Authorization"].Single());
    }

    [Theory]
    [InlineData("""[{"ref": "r2", "status": "X"}, {"ref": "r1", "status": "D"}]""", "K0")] // in any order
    [InlineData("""[{"ref": "r1", "status": "D"}]""", "K?")] // left out: nothing is said of it
    // contradicts itself
    [InlineData("""[{"ref": "r1", "status": "D"}, {"ref": "r1", "status": "X"}, {"ref": "r2", "status": "Q"}]""", "?K")]
    [InlineData("""[{"status": "D"}, {"status": "D"}]""", "??")] // about whom?
    public async Task A_list_is_asked_about_in_one_request_and_answers_are_matched(string body, string expected)
    {
        Answer(200, $$"""{"data": {{body}}}""");

        var answers = await Carrier(ListOptions()).AskAsync(
            [new QueriedSms("r1", null), new QueriedSms("r2", null)], CancellationToken.None);

        Assert.Equal(
            expected,
            string.Concat(answers.Select(answer => answer.Receipt is not null ? 'K' : answer.IsNotThere ? '0' : '?')));
        Assert.Equal(
            """{"list":["r1","r2"]}""",
            Encoding.UTF8.GetString(Assert.Single(_server.LogEntries).RequestMessage!.BodyAsBytes!));
    }

    [Fact]
    public async Task The_gateways_id_and_time_are_passed_on()
    {
        Answer(200, """{"ref": "c1-0000001", "id": "m-7", "status": "D", "at": "2025-07-30T08:00:00"}""");

        var receipt =
            (await AskAsync(options => (options.Reference, options.Id, options.Time) = ("ref", "id", "at"))).Receipt!;

        Assert.Equal(("c1-0000001", "m-7"), (receipt.Reference, receipt.CarrierMessageId));
        Assert.Equal(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero), receipt.At);
    }

    [Fact]
    public async Task No_reason_gives_away_a_secret_or_a_number()
    {
        foreach (var leak in new[] { Secret, "84912345678" })
        {
            foreach (var body in new[]
            {
                leak,
                $$"""{"status": "{{leak}}"}""",
                $$"""{"status": "D", "code": "{{leak}}"}""",
            })
            {
                Answer(200, body);
                var answer = await AskAsync();
                Assert.DoesNotContain(leak, $"{answer.Reason} {answer.Receipt?.Code}", StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("{reference}", true)]
    [InlineData("{id}", false)]
    public void Whether_it_is_asked_by_our_reference_follows_from_the_request(string placeholder, bool expected) =>
        Assert.Equal(expected, Carrier(Options($"http://127.0.0.1/{placeholder}")).AsksByReference);

    [Fact]
    public void A_lane_without_inquiry_cannot_be_asked() =>
        Assert.Null(Carrier(Lane(null)).Inquiry);

    void Answer(int status, string body)
    {
        _server.Reset();
        _server.Given(Request.Create().UsingAnyMethod())
            .RespondWith(Response.Create().WithStatusCode(status).WithBody(Encoding.UTF8.GetBytes(body)));
    }

    async Task<QueryAnswer> AskAsync(Action<HttpInquiryOptions>? with = null) =>
        Assert.Single(await Carrier(Options($"{_server.Url}/state/{{reference}}", with)).AskAsync(
            [Some],
            CancellationToken.None));

    static QueriedSms Some { get; } = new("c1-0000001", null);

    IReceiptQuery Carrier(HttpLaneOptions lane)
    {
        var http = CarrierHttp.CreateClient(lane);
        var carrier = CarrierTypes.CreateCarrier(new Lane("test", lane), http);
        _made.AddRange([http, (IDisposable)carrier]);
        return (IReceiptQuery)carrier;
    }

    HttpLaneOptions ListOptions() => Options($"{_server.Url}/states", options =>
    {
        options.Method = "POST";
        options.Body = JsonDocument.Parse("""{"list": "{items}"}""").RootElement;
        options.Item = JsonDocument.Parse("\"{reference}\"").RootElement;
        options.MostPerQuery = 2;
        options.Items = "data";
        options.Reference = "ref";
    });

    static HttpLaneOptions Options(string url, Action<HttpInquiryOptions>? with = null)
    {
        var inquiry = new HttpInquiryOptions
        {
            Url = url,
            Status = "status",
            Statuses =
            {
                ["Q"] = HttpInquiryMeaning.Accepted,
                ["S"] = HttpInquiryMeaning.Sent,
                ["D"] = HttpInquiryMeaning.Delivered,
                ["F"] = HttpInquiryMeaning.Failed,
                ["X"] = HttpInquiryMeaning.Absent,
            },
            AbsentStatuses = ["404"],
            Code = "code",
            Failures = { ["12"] = FailureClass.Number },
        };
        with?.Invoke(inquiry);
        return Lane(inquiry);
    }

    static HttpLaneOptions Lane(HttpInquiryOptions? inquiry) => new()
    {
        Type = "http",
        StandIn = true,
        Carriers = ["viettel"],
        Rate = 10,
        AnswerTimeout = TimeSpan.FromSeconds(2),
        Secrets = [Secret],
        Url = new Uri("http://127.0.0.1/send"),
        Body = JsonDocument.Parse("""{"ref": "{reference}", "to": "{to}", "text": "{text}"}""").RootElement,
        Answer = new HttpAnswerOptions { Id = "id" },
        Inquiry = inquiry,
    };
}
