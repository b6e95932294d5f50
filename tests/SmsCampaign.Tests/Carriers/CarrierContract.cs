using System.Net.Sockets;
using System.Text;
using CsCheck;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace SmsCampaign.Tests.Carriers;

/// <summary>
/// What every carrier adapter must do, whatever its protocol. A new adapter's tests derive from this and add only what
/// is peculiar to that carrier.
/// </summary>
/// <remarks>
/// An HTTP failure means the same for all; a wait the carrier asks for is passed on; a success that makes no sense may
/// have been sent; a refused connection sent nothing; an answer that never comes, breaks off or is far too long may
/// have been sent; a redirect is not followed; one attempt is one request, even when the connection drops; a full call
/// gets a result for each message; a cancelled attempt is not a result; no reason gives away a secret, a number or the
/// text; no answer, however broken, throws.
/// </remarks>
public abstract class CarrierContract : CarrierCase
{
    [Theory]
    [InlineData(400, SendOutcome.Rejected)]
    [InlineData(413, SendOutcome.Rejected)]
    [InlineData(401, SendOutcome.Deferred)] // the account is wrong, not the message: a person can mend it
    [InlineData(403, SendOutcome.Deferred)]
    [InlineData(402, SendOutcome.Deferred)] // no money
    [InlineData(404, SendOutcome.Deferred)] // so is the address
    [InlineData(408, SendOutcome.Deferred)]
    [InlineData(429, SendOutcome.Deferred)]
    [InlineData(503, SendOutcome.Deferred)]
    [InlineData(307, SendOutcome.Deferred)] // not carried out here (RFC 9110, 15.4.8)
    [InlineData(302, SendOutcome.Uncertain)] // may follow a request that was carried out
    [InlineData(303, SendOutcome.Uncertain)]
    [InlineData(500, SendOutcome.Uncertain)] // it may have failed after queuing the message
    [InlineData(502, SendOutcome.Uncertain)]
    [InlineData(504, SendOutcome.Uncertain)]
    public async Task An_http_failure_means_the_same_for_every_carrier(int status, SendOutcome expected)
    {
        Answer(status, "");

        var result = await SendAsync();

        Assert.Equal(expected, result.Outcome);
        Assert.Equal(expected == SendOutcome.Rejected, result.Failure is not null);
        Assert.Contains($"{status}", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(503, false)]
    public async Task Only_too_fast_throttles_the_lane(int status, bool throttled)
    {
        Answer(status, "");

        Assert.Equal(throttled, (await SendAsync()).Throttled);
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, "120", 120)]
    [InlineData(429, "-3", null)]
    [InlineData(429, "soon", null)]
    [InlineData(429, "Sun, 30 Jul 2028 08:00:30 GMT", 30)] // of the gateway's own clock, see Date below
    public async Task A_wait_the_carrier_asks_for_is_passed_on(int status, string retryAfter, int? seconds)
    {
        using var gateway = new RawGateway(_ =>
            $"HTTP/1.1 {status} X\r\nDate: Sun, 30 Jul 2028 08:00:00 GMT\r\nRetry-After: {retryAfter}\r\n"
            + $"Content-Length: 0\r\n\r\n");

        var result = await SendAsync(gateway.Url);

        Assert.Equal(seconds is { } given ? TimeSpan.FromSeconds(given) : null, result.RetryAfter);
    }

    /// <summary>Older gateways put a mark before their answers, some write UTF-16: an audience must not be
    /// uncertain for it.</summary>
    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-16BE", true)]
    public async Task An_answer_is_read_however_it_is_encoded(string encoding, bool marked)
    {
        var writes = Encoding.GetEncoding(encoding);
        var answer = AcceptingAnswer([Some]);
        if (encoding != "utf-8") // XML says it itself
            answer = answer.Replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"", StringComparison.OrdinalIgnoreCase);
        Answer(200, [.. marked ? writes.GetPreamble() : [], .. writes.GetBytes(answer)]);

        Assert.Equal(SendOutcome.Accepted, (await SendAsync()).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"id\": \"12")] // cut off
    [InlineData("<html><body>Đăng nhập</body></html>")] // a captive portal
    public async Task A_success_that_makes_no_sense_may_have_been_sent(string body)
    {
        Answer(200, body);

        Assert.Equal(SendOutcome.Uncertain, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task A_refused_connection_sent_nothing()
    {
        // A port that was free a moment ago, and is closed.
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var closed = new Uri($"http://{listener.LocalEndpoint}/");
        listener.Stop();

        var result = await SendAsync(closed);

        Assert.Equal((SendOutcome.Deferred, HoldCause.NoConnection), (result.Outcome, result.Cause));
    }

    /// <summary>What is thrown depends on the instant of the reset. Where nothing was sent yet
    /// it must be known.</summary>
    [Fact]
    public async Task A_connection_reset_as_it_is_made_is_a_failure_like_any_other()
    {
        using var gateway = new ResettingGateway();
        var carrier = Carrier(gateway.Url);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 2_000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, ending) =>
            {
                var result = Assert.Single(await carrier.SendAsync([Some], ending));
                Assert.Contains(result.Outcome, new[] { SendOutcome.Deferred, SendOutcome.Uncertain });
                Assert.DoesNotContain("Exception", result.Reason, StringComparison.Ordinal);
            });
    }

    [Fact]
    public async Task A_name_that_does_not_exist_sent_nothing() =>
        // RFC 2606, 2
        Assert.Equal(SendOutcome.Deferred, (await SendAsync(new Uri("https://gateway.invalid/"))).Outcome);

    [Fact]
    public async Task An_answer_that_never_comes_may_have_been_sent()
    {
        using var gateway = new RawGateway(_ => "");

        var result = await SendWithinAsync(TimeSpan.FromMilliseconds(300), gateway.Url);

        Assert.Equal(SendOutcome.Uncertain, result.Outcome);
    }

    [Fact]
    public async Task An_answer_that_stops_in_the_middle_may_have_been_sent()
    {
        using var gateway = new RawGateway(_ => "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"id\":");

        var result = await SendWithinAsync(TimeSpan.FromMilliseconds(300), gateway.Url);

        Assert.Equal(SendOutcome.Uncertain, result.Outcome);
    }

    [Fact]
    public async Task An_answer_of_ten_megabytes_is_not_read()
    {
        // Were it read, it would say accepted.
        Answer(200, AcceptingAnswer([Some]) + new string(' ', 10 * 1024 * 1024));

        Assert.Equal(SendOutcome.Uncertain, (await SendAsync()).Outcome);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        Server.Given(Request.Create().UsingAnyMethod())
            .RespondWith(Response.Create().WithStatusCode(status).WithHeader("Location", Server.Url + "/elsewhere"));

        await SendAsync();

        Assert.Single(Server.LogEntries);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // the connection had served before, which is where an HTTP client is tempted to try again
    public async Task One_attempt_is_one_request_even_when_the_connection_drops(bool used)
    {
        using var gateway = new RawGateway(
            request => used && request == 1 ? RawGateway.Ok(AcceptingAnswer([Some])) : null);
        var carrier = Carrier(gateway.Url);
        if (used)
            Assert.Equal(SendOutcome.Accepted, (await carrier.SendAsync([Some], CancellationToken.None))[0].Outcome);

        var result = Assert.Single(await carrier.SendAsync([Some], CancellationToken.None));

        Assert.Equal(SendOutcome.Uncertain, result.Outcome);
        Assert.Equal(used ? 2 : 1, gateway.Requests);
    }

    [Fact]
    public async Task A_message_taken_is_accepted()
    {
        Answer(200, AcceptingAnswer([Some]));

        var result = await SendAsync();

        Assert.Equal((SendOutcome.Accepted, null), (result.Outcome, result.Reason));
    }

    [Fact]
    public async Task A_full_call_gets_a_result_for_each_message()
    {
        var carrier = Carrier(new Uri(Server.Url + "/"));
        var messages = Enumerable.Range(0, carrier.MostPerCall)
            .Select(number => Some with { Reference = $"r-{number}" }).ToList();

        Answer(200, AcceptingAnswer(messages));
        Assert.Equal(messages.Count, (await carrier.SendAsync(messages, CancellationToken.None)).Count(result =>
            result.Outcome == SendOutcome.Accepted));

        Answer(500, "");
        Assert.Equal(messages.Count, (await carrier.SendAsync(messages, CancellationToken.None)).Count(result =>
            result.Outcome == SendOutcome.Uncertain));
    }

    [Fact]
    public async Task A_cancelled_attempt_is_not_a_result()
    {
        using var gateway = new RawGateway(_ => "");
        using var stop = new CancellationTokenSource();
        var sending = Carrier(gateway.Url).SendAsync([Some], stop.Token);
        while (gateway.Requests == 0)
            await Task.Yield();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task No_reason_gives_away_a_secret_a_number_or_the_text(int status)
    {
        // What the carrier accepts with, but every value replaced by what must not show.
        foreach (var leak in new[]
        {
            Secret,
            "x-" + Secret,
            Some.To.Digits,
            "0" + Some.To.Digits[2..],
            "+" + Some.To.Digits,
            Text,
        })
        {
            foreach (var body in Broken(leak))
            {
                Answer(status, body);
                var reason = (await SendAsync()).Reason ?? "";

                Assert.DoesNotContain(Secret, reason, StringComparison.Ordinal);
                Assert.DoesNotContain(Some.To.Digits[2..], reason, StringComparison.Ordinal);
                Assert.DoesNotContain(Text, reason, StringComparison.Ordinal);
                Assert.DoesNotContain(Some.Sender, reason, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task No_answer_however_broken_throws()
    {
        var good = AcceptingAnswer([Some]);
        var cut = Gen.Int[0, good.Length].Select(at => good[..at]);
        var noisy = Gen.Select(
            Gen.Int[0, good.Length],
            Gen.OneOf("\0", "\"", "{", "[", "]", "}", "\\ud800", "null", "1e999", "ă", "<"),
            (at, noise) => good.Insert(at, noise));

        // One at a time: the server has one answer.
        await Gen.Select(Gen.OneOf(Gen.String, cut, noisy), Gen.OneOf(200, 400)).SampleAsync(
            async (body, status) =>
            {
                Answer(status, body);
                Assert.True(Enum.IsDefined((await SendAsync()).Outcome));
            },
            iter: 200,
            threads: 1);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(401, "")]
    [InlineData(500, "x")]
    public async Task What_is_asked_before_the_opening_is_one_request_and_carries_no_message(int status, string body)
    {
        using var http = CarrierHttp.CreateSender(OptionsFor(new Uri(Server.Url + "/")));
        if (CarrierTypes.CreateCarrier(
            new Lane("test", OptionsFor(new Uri(Server.Url + "/"))), http) is not IWarmUp carrier)
            return;
        using var owned = carrier as IDisposable;
        Answer(status, body);

        var finding = await carrier.WarmUpAsync(CancellationToken.None);

        Assert.NotEqual(true, finding.IsGood);
        Assert.DoesNotContain(Secret, finding.Words.En, StringComparison.Ordinal);
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.DoesNotContain(Some.To.Digits[2..], request.Url + request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_carries_no_message_takes_its_leave_as_a_message_does_and_does_not_go_where_it_may_not()
    {
        var at = new Uri(Server.Url + "/");
        Answer(200, "");
        foreach (var (mayLeave, expected) in new[] { (false, 0), (true, 1) })
        {
            using var http = CarrierHttp.CreateSender(OptionsFor(at));
            var carrier = CarrierTypes.CreateCarrier(new Lane("test", OptionsFor(at)), http);
            using var owned = carrier as IDisposable;
            if (carrier is not IWarmUp warmed)
                return;

            var leave = new CountedLeave(mayLeave);
            await warmed.WarmUpAsync(leave, CancellationToken.None);

            Assert.Equal((1, expected), (leave.Asked, Server.LogEntries.Count));
        }
    }

    sealed class CountedLeave(bool mayLeave) : Departure
    {
        public int Asked { get; private set; }

        public override bool TryLeave()
        {
            Asked++;
            return mayLeave;
        }
    }

    /// <summary>Bodies in the carrier's protocol that hold <paramref name="leak"/> wherever
    /// something can be echoed.</summary>
    protected abstract IEnumerable<string> Broken(string leak);

    /// <summary>As a lane does it.</summary>
    async Task<SendResult> SendWithinAsync(TimeSpan answerTimeout, Uri gateway)
    {
        var lane = new RunLane(1, "test", 1, RateUnit.Messages, ReceiptTrust.None, TimeSpan.Zero, 0);
        var pace = new Pace(1, new ProcessClock(TimeProvider.System));
        using var turn = pace.Join();
        Assert.True(turn.TryReserve(new CallCost(1, 1), out var grant, out _));
        var setup = new LaneSetup(
            lane, Carrier(gateway), pace, new InFlight(1), answerTimeout, KeepCarrierReference: false);
        using var exchange = new CarrierExchange(setup, TimeProvider.System, CancellationToken.None);
        using var gate = new LaneGate(TimeProvider.System);
        gate.Open(new OpenHours(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), CancellationToken.None);
        return Assert.Single((await exchange.SendAsync([Some], new CallDeparture(turn, grant, gate))).Results);
    }
}
