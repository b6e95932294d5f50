using System.Net;
using System.Text;
using System.Text.Json;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.MobiFone;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace SmsCampaign.Tests.Carriers.MobiFone;

public class MobiFoneCarrierTests : CarrierContract
{
    const string Sid = "sid-1";
    const string Renewed = "sid-2";
    const string Taken = """{"message": "Success", "status": "200"}""";

    bool _isLoggedIn = true;

    protected override LaneOptions OptionsFor(Uri gateway) => Options(gateway);

    protected override PlayedGateway Gateway { get; } = new MobiFoneGateway();

    protected override IEnumerable<string> Broken(string leak)
    {
        var text = JsonSerializer.Serialize(leak);
        return
        [
            leak,
            text,
            $$"""{"message": {{text}}, "status": {{text}}}""",
            $$"""{"message": {{text}}, "status": "201"}""",
            $$"""{"status": 200, {{text}}: 1}""",
            $$"""{ {{text}}: 1}""",
        ];
    }

    protected override void Prepare(ICarrier carrier)
    {
        if (_isLoggedIn)
            ((MobiFoneCarrier)carrier).Session.Begin(Sid);
    }

    static async Task<SendResult> SendAsync(MobiFoneCarrier carrier) =>
        Assert.Single(await carrier.SendAsync([Some], CancellationToken.None));

    MobiFoneLaneOptions Options(Uri? gateway = null) => new()
    {
        Type = "mobifone",
        StandIn = true,
        Carriers = ["mobifone"],
        Rate = 10,
        Url = gateway ?? new Uri(Server.Url + "/smsg/"),
        User = "u&1",
        Password = Secret,
        Secrets = [Secret],
        Codes = new()
        {
            ["1"] = MobiFoneMeaning.TooFast,
            ["2"] = MobiFoneMeaning.Closed,
            ["3"] = MobiFoneMeaning.Busy,
            ["4"] = MobiFoneMeaning.Configuration,
            ["5"] = MobiFoneMeaning.Number,
            ["6"] = MobiFoneMeaning.OtherNetwork,
            ["7"] = MobiFoneMeaning.Content,
        },
    };

    [Theory]
    [InlineData(
        "Phong, chong mua ban nguoi & 30/7 100% + \"'<>#?;",
        "/smsg/send.jsp",
        "sid=sid-1&sender=CHINH+PHU&recipient=84912345678&content=Phong%2C+chong+mua+ban+nguoi+%26+30%2F7+100%25+%2B+%22%27%3C%3E%23%3F%3B")]
    [InlineData(
        "Người\n😀",
        "/smsg/send_2.jsp",
        "enCoding=ALPHA_UCS2&sid=sid-1&sender=CHINH+PHU&recipient=84912345678&content=Ng%C6%B0%E1%BB%9Di%0A%F0%9F%98%80")]
    [InlineData(
        "à", "/smsg/send_2.jsp", "enCoding=ALPHA_UCS2&sid=sid-1&sender=CHINH+PHU&recipient=84912345678&content=%C3%A0")]
    [InlineData("./..", "/smsg/send.jsp", "sid=sid-1&sender=CHINH+PHU&recipient=84912345678&content=.%2F..")]
    public async Task A_message_goes_in_the_address_as_the_document_says(string text, string path, string query)
    {
        Answer(200, Taken);

        var result = Assert.Single(
            await Carrier(Options()).SendAsync([Some with { Text = SmsText.Compose(text) }], CancellationToken.None));

        Assert.Equal((SendOutcome.Accepted, null), (result.Outcome, result.CarrierMessageId));
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(("GET", path, query), (request.Method, request.Path, request.RawQuery![1..]));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task It_logs_in_once_and_every_message_uses_the_session(string method)
    {
        _isLoggedIn = false;
        AnswerLogin(200, $$"""{"sid": "\r\n a/b +1 \r\n", "status": "200"}""");
        AnswerSend(null, 200, Taken);
        var options = Options();
        options.LoginMethod = method;
        var carrier = (MobiFoneCarrier)Carrier(options);
        Assert.False(carrier.Session.IsOpen);

        Assert.Null(await carrier.Session.OpenAsync(CancellationToken.None));
        Assert.Equal(SendOutcome.Accepted, (await SendAsync(carrier)).Outcome);
        Assert.Equal(SendOutcome.Accepted, (await SendAsync(carrier)).Outcome);

        Assert.Equal(
            ["/smsg/login.jsp", "/smsg/send_2.jsp", "/smsg/send_2.jsp"],
            Server.LogEntries.Select(entry => entry.RequestMessage!.Path));
        var login = Server.LogEntries[0].RequestMessage!;
        Assert.Equal(
            (method, "userName=u%261&password=s3cret&bindMode=T"),
            (login.Method, method == "GET" ? login.RawQuery![1..] : login.Body));
        Assert.All(
            Server.LogEntries.Skip(1),
            entry => Assert.Contains("&sid=a%2Fb+%2B1&", entry.RequestMessage!.RawQuery, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_login_that_finds_no_connection_says_so()
    {
        _isLoggedIn = false;
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var options = Options();
        options.Url = new Uri($"http://{listener.LocalEndpoint}/");
        listener.Stop();

        var refused = await ((MobiFoneCarrier)Carrier(options)).Session.OpenAsync(CancellationToken.None);

        Assert.Equal((Deferral.Closed, HoldCause.NoConnection), (refused!.Deferral, refused.Cause));
    }

    [Theory]
    [InlineData("SessionExpired")]
    [InlineData("SidNotPassed")]
    [InlineData("\r\nsessionexpired\r\n")]
    public async Task A_message_under_a_session_that_is_over_goes_again_under_the_next_as_a_call_of_its_own(string body)
    {
        AnswerLogin(200, Login(Renewed));
        AnswerSend(Sid, 200, Taken);
        AnswerSend(Renewed, 200, Taken);
        var carrier = (MobiFoneCarrier)Carrier(Options());
        Assert.Equal(SendOutcome.Accepted, (await SendAsync(carrier)).Outcome);

        AnswerSend(Sid, 401, body);
        var over = await SendAsync(carrier);
        Assert.Equal((true, false), (over.IsPutBack, carrier.Session.IsOpen));
        Assert.True((await SendAsync(carrier)).IsPutBack); // nothing leaves without a session

        Assert.Null(await carrier.Session.OpenAsync(CancellationToken.None));
        Assert.Equal(SendOutcome.Accepted, (await SendAsync(carrier)).Outcome);
        Assert.Equal(
            ["send_2.jsp", "send_2.jsp", "login.jsp", "send_2.jsp"],
            Server.LogEntries.Select(entry => entry.RequestMessage!.Path.Split('/')[^1]));
    }

    [Fact]
    public async Task That_a_session_is_over_is_told_once()
    {
        AnswerSend(null, 401, "SessionExpired");
        var carrier = (MobiFoneCarrier)Carrier(Options());
        var told = 0;
        carrier.Session.Lost += () => told++;

        await SendAsync(carrier);
        await SendAsync(carrier);

        Assert.Equal(1, told);
    }

    [Fact]
    public async Task Nothing_leaves_with_a_session_that_was_closed()
    {
        Answer(200, Taken);
        var carrier = (MobiFoneCarrier)Carrier(Options());

        carrier.Session.Close();

        Assert.True((await SendAsync(carrier)).IsPutBack);
        Assert.Empty(Server.LogEntries);
    }

    [Fact]
    public async Task A_session_refused_right_after_its_login_is_put_off_longer_each_time_before_the_lane_stops()
    {
        _isLoggedIn = false;
        AnswerLogin(200, Login(Renewed));
        AnswerSend(null, 401, "SessionExpired");
        var carrier = (MobiFoneCarrier)Carrier(Options());
        var results = new List<SendResult>();
        for (var time = 1; time <= 5; time++)
        {
            Assert.Null(await carrier.Session.OpenAsync(CancellationToken.None));
            results.Add(await SendAsync(carrier));
        }

        Assert.Equal([1, 2, 4, 8], results.Take(4).Select(result => result.RetryAfter!.Value.TotalSeconds));
        Assert.All(results.Take(4), result => Assert.Equal(Deferral.Closed, result.Deferral));
        Assert.Equal(
            (Deferral.Configuration, "session refused right after the login: HTTP 401, 5 times in a row"),
            (results[4].Deferral, results[4].Reason));
        Assert.All(results, result => Assert.Equal(HoldCause.SessionRefused, result.Cause));

        // One that was good for a message makes the others forgotten.
        AnswerSend(null, 200, Taken);
        await carrier.Session.OpenAsync(CancellationToken.None);
        await SendAsync(carrier);
        AnswerSend(null, 401, "SessionExpired");
        Assert.True((await SendAsync(carrier)).IsPutBack);
        await carrier.Session.OpenAsync(CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(1), (await SendAsync(carrier)).RetryAfter);
    }

    [Fact]
    public async Task Nothing_leaves_with_a_session_that_another_call_has_found_over_while_the_connection_was_made()
    {
        using var gateway = new RawGateway(_ => RawGateway.Ok(Taken));
        var carrier = (MobiFoneCarrier)Carrier(Options(gateway.Url));
        var ending = new Ending(carrier.Session);

        var result = Assert.Single(await carrier.SendAsync([Some], ending, CancellationToken.None));

        Assert.Equal((true, 0), (result.IsPutBack, gateway.Requests));
    }

    /// <summary>Finds the session over at the last moment.</summary>
    sealed class Ending(MobiFoneSession session) : Departure
    {
        public override bool TryLeave()
        {
            session.End(Sid);
            return session.Current is not null;
        }
    }

    [Theory]
    [InlineData(401, "")]
    [InlineData(401, "no")]
    [InlineData(400, "SessionExpired")]
    [InlineData(200, "SessionExpired")]
    [InlineData(500, "SessionExpired")]
    public async Task Nothing_else_is_handed_over_twice(int status, string body)
    {
        AnswerLogin(200, Login(Renewed));
        AnswerSend(null, status, body);

        Assert.NotEqual(SendOutcome.Accepted, (await SendAsync(new Uri(Server.Url + "/smsg/"))).Outcome);
        Assert.Single(Server.LogEntries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task However_many_wait_for_a_session_one_logs_in(bool isOver)
    {
        _isLoggedIn = isOver;
        AnswerLogin(200, Login(Renewed));
        var carrier = (MobiFoneCarrier)Carrier(Options());
        if (isOver)
            carrier.Session.End(Sid);

        var refusals = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(_ => Task.Run(() => carrier.Session.OpenAsync(CancellationToken.None))));

        Assert.All(refusals, Assert.Null);
        Assert.Single(Server.LogEntries);
        Assert.Equal(Renewed, carrier.Session.Current);
    }

    [Theory]
    [InlineData(200, """{"message": "no", "status": "401"}""", Deferral.Configuration, "login refused: code 401")]
    [InlineData(200, """{"message": "no", "status": 401}""", Deferral.Configuration, "login refused: code 401")]
    [InlineData(
        200,
        """{"message": "s3cret", "status": "s3cret"}""",
        Deferral.Configuration,
        "login refused: code (not a code)")]
    [InlineData(401, "", Deferral.Configuration, "login: HTTP 401")]
    [InlineData(403, "", Deferral.Configuration, "login: HTTP 403")]
    [InlineData(404, "", Deferral.Closed, "login: HTTP 404")]
    [InlineData(400, "", Deferral.Closed, "login: HTTP 400")]
    [InlineData(500, "", Deferral.Closed, "login: HTTP 500")] // nothing was sent, whatever it is
    [InlineData(302, "", Deferral.Closed, "login: HTTP 302")]
    [InlineData(503, "", Deferral.Closed, "login: HTTP 503")]
    [InlineData(429, "", Deferral.TooFast, "login: HTTP 429")]
    [InlineData(200, "", Deferral.Closed, "login: an answer without a status")]
    [InlineData(200, """{"sid": "x"}""", Deferral.Closed, "login: an answer without a status")]
    [InlineData(200, """{"sid": " \r\n", "status": "200"}""", Deferral.Closed, "login: an answer without a session")]
    [InlineData(200, """{"sid": 7, "status": "200"}""", Deferral.Closed, "login: an answer without a session")]
    public async Task Without_a_login_nothing_was_sent(int status, string body, Deferral expected, string reason)
    {
        _isLoggedIn = false;
        AnswerLogin(status, body);
        AnswerSend(null, 200, Taken);
        var carrier = (MobiFoneCarrier)Carrier(Options());

        var result = await carrier.Session.OpenAsync(CancellationToken.None);

        Assert.Equal((SendOutcome.Deferred, expected, reason), (result!.Outcome, result.Deferral, result.Reason));
        Assert.True((await SendAsync(carrier)).IsPutBack);
        Assert.Single(Server.LogEntries);
    }

    [Fact]
    public async Task A_login_that_cannot_be_reached_is_no_session()
    {
        _isLoggedIn = false;

        Assert.Equal(
            SendOutcome.Deferred,
            (await ((MobiFoneCarrier)Carrier(Options(new Uri("https://gateway.invalid/")))).Session.OpenAsync(
                CancellationToken.None))!.Outcome);
    }

    [Fact]
    public async Task A_login_without_an_answer_is_given_up_while_there_is_time()
    {
        _isLoggedIn = false;
        using var gateway = new RawGateway(_ => "");
        var options = Options(gateway.Url);
        options.AnswerTimeout = TimeSpan.FromSeconds(1);

        var result = await ((MobiFoneCarrier)Carrier(options)).Session.OpenAsync(CancellationToken.None);

        Assert.Equal((SendOutcome.Deferred, "login: no answer within 0.5 s"), (result!.Outcome, result.Reason));
    }

    [Theory]
    [InlineData("1", SendOutcome.Deferred, Deferral.TooFast, null)]
    [InlineData("2", SendOutcome.Deferred, Deferral.Closed, null)]
    [InlineData("3", SendOutcome.Deferred, Deferral.Busy, null)]
    [InlineData("4", SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData("5", SendOutcome.Rejected, null, FailureClass.Number)]
    [InlineData("6", SendOutcome.Rejected, null, FailureClass.Number)]
    [InlineData("7", SendOutcome.Rejected, null, FailureClass.Content)]
    [InlineData("8", SendOutcome.Uncertain, null, null)] // in no table
    [InlineData("", SendOutcome.Uncertain, null, null)]
    public async Task A_status_means_what_the_lane_says(
        string status, SendOutcome outcome, Deferral? deferral, FailureClass? failure)
    {
        foreach (var http in new[] { 200, 500 })
        {
            Answer(http, $$"""{"message": "x", "status": "{{status}}"}""");

            var result = await SendAsync();

            Assert.Equal(
                (outcome, deferral, failure, status == "6"),
                (result.Outcome, result.Deferral, result.Failure, result.IsWrongNetwork));
        }
    }

    [Theory]
    [InlineData(200, """{"status": 200}""", SendOutcome.Accepted)]
    [InlineData(200, """{"status": " 200 "}""", SendOutcome.Accepted)]
    [InlineData(500, """{"status": "200"}""", SendOutcome.Uncertain)] // it contradicts itself
    [InlineData(400, """{"status": "200"}""", SendOutcome.Uncertain)]
    [InlineData(400, """{"status": "999"}""", SendOutcome.Rejected)] // the HTTP status says it
    public async Task A_success_is_looked_at_too(int status, string body, SendOutcome expected)
    {
        Answer(status, body);

        Assert.Equal(expected, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task No_reason_gives_the_session_away()
    {
        Answer(200, $$"""{"status": "{{Sid}}"}""");

        var reason = (await SendAsync()).Reason;

        Assert.DoesNotContain(Sid, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """{"sid": "x", "status": "200"}""", true)]
    [InlineData(200, """{"status": "5"}""", false)]
    [InlineData(403, "", false)]
    [InlineData(500, "", null)]
    [InlineData(200, "x", null)]
    public async Task The_login_shows_whether_the_account_is_let_in(int status, string body, bool? isGood)
    {
        AnswerLogin(status, body);

        var finding = Assert.Single(
            await ((IAccountCheck)Carrier(Options())).CheckAccountAsync(CancellationToken.None));

        Assert.Equal(isGood, finding.IsGood);
        Assert.DoesNotContain(Secret, finding.Words.En, StringComparison.Ordinal);
        Assert.Equal("/smsg/login.jsp", Assert.Single(Server.LogEntries).RequestMessage!.Path);
    }

    static string Login(string sid) => $$"""{"sid": "{{sid}}", "status": "200"}""";

    void AnswerLogin(int status, string body)
    {
        Server.Reset();
        Server.Given(Request.Create().WithPath("/smsg/login.jsp"))
            .RespondWith(Response.Create().WithStatusCode(status).WithBody(Encoding.UTF8.GetBytes(body)));
    }

    /// <param name="sid">Null: whatever the session.</param>
    void AnswerSend(string? sid, int status, string body)
    {
        var request = Request.Create().WithPath("/smsg/send_2.jsp");
        Server.Given(sid is null ? request : request.WithParam("sid", sid))
            .RespondWith(
                Response.Create().WithStatusCode((HttpStatusCode)status).WithBody(Encoding.UTF8.GetBytes(body)));
    }
}
