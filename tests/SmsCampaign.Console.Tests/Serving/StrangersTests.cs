using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using SmsCampaign.Storage.Registry;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.Tests.WebConsole.Serving;

/// <summary>What those get who are not let in, and those who are let in ask for more than they may.</summary>
public sealed class StrangersTests : IAsyncDisposable
{
    /// <summary>What is open to everyone, and why.</summary>
    static readonly Dictionary<string, string> Open = new()
    {
        ["/dang-nhap"] = "to sign in",
        ["/dang-nhap/passkey"] = "to be asked for a passkey",
        ["/loi-moi"] = "to take up an account by a link",
        ["/khong-co/{Status:int}"] = "what is said of a page that is not there",
        ["/loi"] = "what is said of a page that broke",
        ["/tai-san/{file}"] = "stylesheet and scripts",
    };

    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public async Task Nothing_but_what_is_named_here_is_open()
    {
        await _case.StartAsync();

        var open = Endpoints()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Distinct();

        Assert.Equal(Open.Keys.Order(), open.Order());
    }

    [Fact]
    public async Task Every_other_address_leads_who_is_not_in_to_the_sign_in_page_or_refuses()
    {
        await _case.StartAsync();
        using var stranger = _case.Browse();

        foreach (var path in Paths())
        {
            var get = await stranger.GetAsync(path);
            var post = await stranger.PostAsync(path, new FormUrlEncodedContent([]));

            Assert.True(
                get.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized
                    or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound,
                $"GET {path}: {get.StatusCode}");
            if (get.StatusCode == HttpStatusCode.Redirect)
                Assert.Equal("/dang-nhap", get.Headers.Location!.AbsolutePath);
            Assert.True(
                post.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.MethodNotAllowed
                    or HttpStatusCode.NotFound or HttpStatusCode.Redirect,
                $"POST {path}: {post.StatusCode}");
        }
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        await _case.StartAsync();
        var key = _case.AddRun();
        using var browser = await _case.SignInAsync("an", "van-hanh");

        foreach (var path in new[] { "", "/huy", "/ket-thuc", "/gui-tiep" })
        {
            var answer = await browser.PostAsync(
                $"/chien-dich/{key.Campaign}/{key.DateText}{path}",
                new FormUrlEncodedContent(new Dictionary<string, string>
                {
                    ["_handler"] = path.Length == 0 ? "pause" : path == "/gui-tiep" ? "resume" : "end",
                    ["Given.Count"] = "10",
                    ["Given.Reason"] = "giả mạo",
                }));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/dang-xuat", null)).StatusCode);
        Assert.Empty(_case.Registry.Orders.Read());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).StatusCode);
    }

    [Theory]
    [InlineData("xem", HttpStatusCode.OK)]
    [InlineData("xem@some", HttpStatusCode.OK)]
    [InlineData("van-hanh@some", HttpStatusCode.OK)]
    [InlineData("van-hanh@khac", HttpStatusCode.NotFound)]
    [InlineData("quan-tri", HttpStatusCode.NotFound)]
    public async Task A_run_is_seen_by_whom_its_campaign_is_given(string role, HttpStatusCode answer)
    {
        await _case.StartAsync();
        var key = _case.AddRun();
        using var browser = await _case.SignInAsync("an", role);

        Assert.Equal(answer, (await browser.GetAsync($"/chien-dich/{key.Campaign}/{key.DateText}")).StatusCode);
    }

    [Fact]
    public async Task Who_may_only_look_is_refused_what_they_post_by_hand()
    {
        await _case.StartAsync();
        var key = _case.AddRun();
        using var browser = await _case.SignInAsync("an", "xem");
        var address = $"/chien-dich/{key.Campaign}/{key.DateText}";

        var answer = await ConsoleCase.PostAsync(
            browser, "/", "/dang-xuat", new() { ["_handler"] = "pause" }, to: address);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode); // there is no such form on their page
        Assert.Empty(_case.Registry.Orders.Read());
    }

    [Fact]
    public async Task Every_answer_carries_the_policy_and_none_may_be_kept()
    {
        await _case.StartAsync();
        using var browser = await _case.SignInAsync("an", "xem");

        foreach (var path in new[] { "/", "/dang-nhap", "/khong-co-trang-nay", "/chien-dich/khong/2025-07-30" })
        {
            var answer = await browser.GetAsync(path);
            Assert.Equal(SecurityHeaders.Policy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.True(answer.Headers.CacheControl!.NoStore, path);
            Assert.Equal("utf-8", answer.Content.Headers.ContentType?.CharSet);
        }
    }

    [Fact]
    public async Task A_name_that_leads_here_and_is_not_ours_is_refused()
    {
        await _case.StartAsync();
        using var stranger = _case.Browse();
        stranger.DefaultRequestHeaders.Host = "tan-cong.example";

        Assert.Equal(HttpStatusCode.BadRequest, (await stranger.GetAsync("/dang-nhap")).StatusCode);
    }

    [Theory]
    [InlineData("//tan-cong.example")]
    [InlineData("/\\tan-cong.example")]
    [InlineData("https://tan-cong.example/")]
    public async Task Who_signs_in_is_not_sent_to_another_site(string back)
    {
        await _case.StartAsync();
        var key = await _case.AddPersonAsync("an", "xem");
        using var browser = _case.Browse();

        var answer = await ConsoleCase.PostAsync(
            browser, "/dang-nhap?ve=" + Uri.EscapeDataString(back), "sign-in", new()
            {
                ["Given.Name"] = "an",
                ["Given.Password"] = ConsoleCase.Password,
                ["Given.Code"] = ConsoleCase.CodeOf(key),
            });

        Assert.Equal(_case.Address, new Uri(_case.Address, answer.Headers.Location!));
    }

    [Fact]
    public async Task Ten_gigabytes_are_refused_before_they_are_sent()
    {
        await _case.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(_case.Address.Host, _case.Address.Port);
        var stream = socket.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /dang-nhap HTTP/1.1\r\nHost: {_case.Address.Authority}\r\nContent-Type: "
                + "application/x-www-form-urlencoded\r\nContent-Length: 10737418240\r\n\r\n_handler=sign-in"));
        var answer = new byte[12];
        await stream.ReadExactlyAsync(answer);

        Assert.Matches("^HTTP/1.1 4(00|13)$", Encoding.ASCII.GetString(answer));
    }

    /// <summary>Half of them say nothing at all, half begin to ask.</summary>
    [Fact]
    public async Task Two_thousand_idle_connections_keep_nobody_out()
    {
        const int idle = 2_000;
        await _case.StartAsync();
        using var before = await _case.SignInAsync("an", "xem");
        var sockets = new List<TcpClient>(idle);
        try
        {
            for (var at = 0; at < idle; at++)
            {
                var socket = new TcpClient();
                sockets.Add(socket);
                await socket.ConnectAsync(_case.Address.Host, _case.Address.Port);
                if (at % 2 == 0)
                    await socket.GetStream().WriteAsync("GET / HTTP/1.1\r\n"u8.ToArray());
            }

            Assert.Equal(HttpStatusCode.OK, (await before.GetAsync("/")).StatusCode);
            using var after = await _case.SignInAsync("binh", "xem");
            Assert.Equal(HttpStatusCode.OK, (await after.GetAsync("/chien-dich")).StatusCode);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task What_is_shown_is_never_taken_for_markup()
    {
        await _case.StartAsync();
        var key = _case.AddRun();
        await using var people = await SmsCampaign.WebConsole.People.PeopleAccess.OpenAsync(_case.Data, _case.Time);
        using var browser = await _case.SignInAsync("an", "xem");
        await new SmsCampaign.Office.ControlDesk(_case.Data, _case.Installation, _case.Time).PauseAsync(
            Who.Here("<script>alert(1)</script>"),
            new OrderScope(key, null),
            "<img src=x onerror=alert(2)>",
            TimeSpan.Zero,
            CancellationToken.None);

        var page = await browser.GetStringAsync($"/chien-dich/{key.Campaign}/{key.DateText}");

        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(2)&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_breaks_says_so_and_the_others_are_served()
    {
        var time = new BreakingTime();
        _case.Time = time;
        await _case.StartAsync();
        var key = _case.AddRun();
        using var browser = await _case.SignInAsync("an", "xem");

        time.Breaks = "Look";
        var broken = await browser.GetAsync($"/chien-dich/{key.Campaign}/{key.DateText}");
        time.Breaks = null;

        Assert.Equal(HttpStatusCode.InternalServerError, broken.StatusCode);
        Assert.Contains(
            "Việc gửi tin không phụ thuộc các trang này",
            await broken.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/chien-dich")).StatusCode);
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_read_is_said_on_the_page_and_is_never_all_is_well()
    {
        await _case.StartAsync();
        _case.AddRun();
        using var browser = await _case.SignInAsync("an", "xem");
        await File.WriteAllTextAsync(_case.Data.Ledger, "hỏng");

        var page = await browser.GetStringAsync("/");

        Assert.Contains("Không đọc được sổ gửi tin", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Không có việc nào chờ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Không có cảnh báo", page, StringComparison.Ordinal);
    }

    IEnumerable<RouteEndpoint> Endpoints() =>
        _case.Web.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>Of every endpoint that is not open, with something in the place of what varies.</summary>
    IEnumerable<string> Paths() => Endpoints()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
        .Select(endpoint => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(
            segment => string.Concat(segment.Parts.Select(
                part => (part as RoutePatternLiteralPart)?.Content ?? "some")))))
        .Distinct();

    /// <summary>A clock that throws where it is asked by a method of some name.</summary>
    sealed class BreakingTime : TimeProvider
    {
        public string? Breaks { get; set; }

        public override DateTimeOffset GetUtcNow() =>
            Breaks is { } name && new System.Diagnostics.StackTrace().GetFrames()
                .Any(frame => frame.GetMethod()?.Name == name && frame.GetMethod()?.DeclaringType?.Name == "Watchtower")
                ? throw new InvalidOperationException("the page breaks")
                : System.GetUtcNow();
    }
}
