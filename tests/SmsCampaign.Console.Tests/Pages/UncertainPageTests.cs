using System.Net;
using Microsoft.Playwright;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>Messages of which nobody knows whether they were sent, settled by a person on the page.</summary>
[Trait("Category", "Slow")]
public sealed class UncertainPageTests(Browser browser) : IAsyncDisposable
{
    /// <summary>What the gateway said of one.</summary>
    const string Code = "<img src=x onerror=alert(1)> 0912000001";

    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task All_are_recorded_once_their_number_is_typed_and_not_by_another(bool script)
    {
        Browser.Needed();
        await _case.StartAsync();
        var path = AddUncertain();
        await using var context = await browser.OpenAsync(_case.Address, width: 360, script: script);
        var page = await _case.SignInAsync(context, "an", "van-hanh");

        await page.GotoAsync(path);
        await page.GetByText("3 tin chưa rõ kết quả, từ").WaitForAsync();
        var text = await page.Locator("main").InnerTextAsync();
        Assert.Contains("<img src=x onerror=alert(1)>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("0912000001", text, StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("main img").CountAsync());
        if (script)
        {
            Assert.Empty(await Browser.FindBarriersAsync(page));
            Assert.False(await Browser.OverflowsAsync(page));
        }

        await page.GetByLabel("nhà mạng xác nhận không gửi được").CheckAsync();
        await page.GetByLabel("Gõ số tin sẽ ghi").FillAsync("2");
        await page.GetByLabel("Căn cứ").FillAsync("đối soát với nhà mạng");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi kết quả" }).ClickAsync();
        await page.GetByText("Số đã gõ (2) khác số tin sẽ ghi (3)").WaitForAsync();
        Assert.Equal("đối soát với nhà mạng", await page.GetByLabel("Căn cứ").InputValueAsync());
        Assert.Equal(3, await LeftAsync());
        if (script)
            Assert.Empty(await Browser.FindBarriersAsync(page));

        await page.GetByLabel("Gõ số tin sẽ ghi").FillAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi kết quả" }).ClickAsync();
        await page.GetByText("ĐÃ GHI 3 tin là").WaitForAsync();

        Assert.Equal(0, await LeftAsync());
        Assert.StartsWith(
            "some/2025-07-30: 3 messages as Failed",
            _case.Registry.FindLastEvent(["resolve"], "some"),
            StringComparison.Ordinal);
        Assert.True(_case.Registry.Audit.Verify(ledgers: true).Holds);
        if (script)
            Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Fact]
    public async Task Those_of_one_lane_and_cause_are_recorded_and_the_others_stay()
    {
        Browser.Needed();
        await _case.StartAsync();
        var path = AddUncertain();
        await using var context = await browser.OpenAsync(_case.Address, width: 360, script: false);
        var page = await _case.SignInAsync(context, "an", "van-hanh");

        await page.GotoAsync(path);
        await page.GetByLabel("Chỉ 2 tin của kênh viettel").CheckAsync();
        await page.GetByLabel("nhà mạng xác nhận không gửi được").CheckAsync();
        await page.GetByLabel("Gõ số tin sẽ ghi").FillAsync("3");
        await page.GetByLabel("Căn cứ").FillAsync("đối soát với Viettel");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi kết quả" }).ClickAsync();
        await page.GetByText("Số đã gõ (3) khác số tin sẽ ghi (2)").WaitForAsync();
        Assert.True(await page.GetByLabel("Chỉ 2 tin của kênh viettel").IsCheckedAsync());
        await page.GetByLabel("Gõ số tin sẽ ghi").FillAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi kết quả" }).ClickAsync();
        await page.GetByText("ĐÃ GHI 2 tin là").WaitForAsync();

        Assert.Equal(1, await LeftAsync());
    }

    [Theory]
    [InlineData("", "3")]
    [InlineData("", "9")]
    [InlineData("/gui-lai", "3")]
    public async Task As_many_as_were_looked_at_that_are_others_stay_as_they_are(string which, string count)
    {
        await _case.StartAsync();
        var path = AddUncertain() + which;
        using var an = await _case.SignInAsync("an", "van-hanh");
        var seen = ValueOf(await an.GetStringAsync(path), "of-all");
        using (var db = SqliteDb.Open(Path.Combine(_case.Data.Root, "runs", "some.db")))
            db.Execute($"update state set settled_us = settled_us + 1 where seq = {SomeRun.Seq(2)}");

        var answer = await ConsoleCase.PostAsync(an, path, "settle", new()
        {
            ["Given.Which"] = seen,
            ["Given.As"] = "Failed",
            ["Given.Count"] = count,
            ["Given.Reason"] = "đối soát với nhà mạng",
        });
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("khi ấy 3 tin, nay 3 tin, nhưng không phải đúng các tin ấy", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Số đã gõ", page, StringComparison.Ordinal);
        Assert.Contains("đối soát với nhà mạng", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" checked", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"value=\"{count}\"", page, StringComparison.Ordinal);
        Assert.NotEqual(seen, ValueOf(page, "of-all"));
        Assert.Equal(3, await LeftAsync());
    }

    [Fact]
    public async Task A_second_press_is_told_that_nothing_is_uncertain_any_more()
    {
        await _case.StartAsync();
        var path = AddUncertain();
        using var an = await _case.SignInAsync("an", "van-hanh");
        var fields = new Dictionary<string, string>
        {
            ["Given.Which"] = ValueOf(await an.GetStringAsync(path), "of-all"),
            ["Given.As"] = "Failed",
            ["Given.Count"] = "3",
            ["Given.Reason"] = "đối soát với nhà mạng",
        };

        await ConsoleCase.PostAsync(an, path, "settle", fields);
        var again = await PlannedCase.ForgeAsync(an, path, "settle", fields);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var page = await again.Content.ReadAsStringAsync();
        Assert.Contains("khi ấy 3 tin, nay 0 tin", page, StringComparison.Ordinal);
        Assert.Contains("Lần bấm này không ghi gì.", page, StringComparison.Ordinal);
        Assert.Contains("Lần ghi gần nhất đã xong của lượt gửi này:", page, StringComparison.Ordinal);
        Assert.Contains("Người dùng an [web:an@", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Chưa ghi gì", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("/gui-lai", "1")]
    [InlineData("/gui-lai", "2")]
    public async Task One_that_is_ticked_and_is_uncertain_once_more_since_stays_as_it_is(string which, string count)
    {
        await _case.StartAsync();
        var path = AddUncertain() + which;
        using var an = await _case.SignInAsync("an", "van-hanh");
        var seen = TickOf(await an.GetStringAsync(path), 2);
        using (var db = SqliteDb.Open(Path.Combine(_case.Data.Root, "runs", "some.db")))
            db.Execute($"update state set settled_us = settled_us + 1 where seq = {SomeRun.Seq(2)}");

        foreach (var posted in new[] { seen, SomeRun.Reference(2) })
        {
            var answer = await ConsoleCase.PostAsync(an, path, "settle", new()
            {
                ["Given.Which"] = "ticked",
                ["message"] = posted,
                ["Given.As"] = "Failed",
                ["Given.Count"] = count,
                ["Given.Reason"] = "nhà mạng tra cứu",
            });
            var page = await answer.Content.ReadAsStringAsync();

            Assert.Contains("trong 1 tin đã đánh dấu chỉ 0 tin còn như đã xem", page, StringComparison.Ordinal);
            Assert.Contains("Lần bấm này không ghi gì", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Số đã gõ", page, StringComparison.Ordinal);
            Assert.DoesNotContain($"value=\"{TickOf(page, 2)}\" checked", page, StringComparison.Ordinal);
            Assert.DoesNotContain($"value=\"{count}\"", page, StringComparison.Ordinal);
            Assert.NotEqual(seen, TickOf(page, 2));
            Assert.Equal(3, await LeftAsync());
        }
    }

    [Fact]
    public async Task One_that_is_ticked_is_recorded_and_the_others_stay()
    {
        Browser.Needed();
        await _case.StartAsync();
        var path = AddUncertain();
        await using var context = await browser.OpenAsync(_case.Address, script: false);
        var page = await _case.SignInAsync(context, "an", "van-hanh");

        await page.GotoAsync(path);
        await page.GetByLabel("Chỉ các tin đánh dấu dưới đây").CheckAsync();
        await page.GetByLabel(SomeRun.Reference(2)).CheckAsync();
        await page.GetByLabel("nhà mạng xác nhận máy đã nhận").CheckAsync();
        await page.GetByLabel("Gõ số tin sẽ ghi").FillAsync("1");
        await page.GetByLabel("Căn cứ").FillAsync("nhà mạng tra cứu");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi kết quả" }).ClickAsync();
        await page.GetByText("ĐÃ GHI 1 tin là").WaitForAsync();

        Assert.Equal(2, await LeftAsync());
    }

    [Fact]
    public async Task Sending_again_says_that_some_may_get_it_twice_and_waits_for_an_approval_where_the_run_was_over()
    {
        Browser.Needed();
        await _case.StartAsync();
        var path = AddUncertain(RunState.Finished);
        await using var context = await browser.OpenAsync(_case.Address, dark: true);
        var page = await _case.SignInAsync(context, "an", "van-hanh");

        await page.GotoAsync(path);
        await page.GetByRole(AriaRole.Link, new() { Name = "Gửi lại các tin này…" }).ClickAsync();
        await page.GetByText("Có thể có người nhận hai lần.").WaitForAsync();
        Assert.Empty(await Browser.FindBarriersAsync(page));
        await page.GetByLabel("Gõ số tin sẽ gửi lại").FillAsync("3");
        await page.GetByLabel("Căn cứ").FillAsync("nhà mạng xác nhận chưa nhận");
        await page.GetByRole(AriaRole.Button, new() { Name = "Gửi lại" }).ClickAsync();
        await page.GetByText("chờ phê duyệt lại rồi mới gửi").WaitForAsync();

        Assert.Equal(RunState.Held, _case.Registry.Find(SomeRun.Description.Key)!.State);
        Assert.Equal(0, await LeftAsync());
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    [Fact]
    public async Task A_form_without_grounds_or_choice_changes_nothing_and_all_is_said_at_once()
    {
        await _case.StartAsync();
        var path = AddUncertain();
        using var an = await _case.SignInAsync("an", "van-hanh");

        var answer = await ConsoleCase.PostAsync(
            an, path, "settle", new() { ["Given.Which"] = "ticked", ["Given.As"] = "Planned" });
        var page = await answer.Content.ReadAsStringAsync();

        foreach (var said in new[] { "Chọn một: tất cả", "Chọn ghi các tin là gì", "Cần ghi căn cứ", "Chưa ghi gì." })
            Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Equal(3, await LeftAsync());
    }

    [Fact]
    public async Task Who_may_only_look_settles_nothing()
    {
        await _case.StartAsync();
        var path = AddUncertain();
        using var an = await _case.SignInAsync("an", "xem");

        var page = await an.GetStringAsync(path);
        Assert.Contains("Tài khoản này chỉ được xem.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"checkbox\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await an.GetAsync($"{path}/gui-lai")).StatusCode);
        foreach (var to in new[] { path, $"{path}/gui-lai" })
        {
            var answer = await ConsoleCase.PostAsync(an, path, "/dang-xuat", new()
            {
                ["_handler"] = "settle",
                ["Given.As"] = "Failed",
                ["Given.Count"] = "3",
                ["Given.Reason"] = "x",
            }, to: to);
            Assert.False(answer.IsSuccessStatusCode);
        }

        Assert.Equal(3, await LeftAsync());
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_read_is_said_and_nothing_is_called_well()
    {
        await _case.StartAsync();
        var path = AddUncertain();
        using var an = await _case.SignInAsync("an", "van-hanh");
        await File.WriteAllTextAsync(
            Path.Combine(_case.Data.Root, "runs", "some.db"), "not a ledger", TestContext.Current.CancellationToken);

        var page = await an.GetStringAsync(path);

        Assert.Contains("Không biết có bao nhiêu tin chưa rõ.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Không có tin nào chưa rõ", page, StringComparison.Ordinal);
    }

    /// <summary>The value of a choice, as the page writes it.</summary>
    static string ValueOf(string page, string id) =>
        page.Split($"id=\"{id}\" name=\"Given.Which\" value=\"")[1].Split('"')[0];

    /// <summary>The value of what is ticked for the n-th message.</summary>
    static string TickOf(string page, long position) =>
        page.Split($"id=\"m-{SomeRun.Reference(position)}\" name=\"message\" value=\"")[1].Split('"')[0];

    async Task<long> LeftAsync() => (await new ResolutionDesk(_case.Data, _case.Time).LookAsync(
        _case.Registry.Find(SomeRun.Description.Key)!, most: 0)).Total;

    /// <summary>Three messages without an answer, one of which the gateway said strange things of.</summary>
    /// <returns>Path of the page.</returns>
    string AddUncertain(RunState state = RunState.Sending)
    {
        var key = _case.AddRun(state);
        var ledger = Path.Combine(_case.Data.Root, "runs", "some.db");
        var now = (long)(_case.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMicroseconds;
        var handed = now - 8000000;
        using (var db = SqliteDb.Open(ledger))
        {
            db.Execute($"""
                insert into attempt (id, lane, first_seq, last_seq, parts, intent_us, handed_us, answered_us, outcome)
                values (1, 1, {SomeRun.Seq(1)}, {SomeRun.Seq(3)}, 3, {now - 9000000}, {handed}, {now - 7000000}, 1);
                insert into state (seq, status, attempt, failure, reason, code, handed_us, settled_us)
                values ({SomeRun.Seq(1)}, 2, 1, null, {(int)Reason.UnknownCode}, '{Code}', {handed}, {now - 7000000}),
                       ({SomeRun.Seq(2)}, 2, 1, null, {(int)Reason.NoAnswer}, null, {handed}, {now - 6000000}),
                       ({SomeRun.Seq(3)}, 2, 1, null, {(int)Reason.NoAnswer}, null, {handed}, {now - 6000000});
                """);
        }

        SomeRun.Recount(ledger);
        return $"/chien-dich/{key.Campaign}/{key.DateText}/chua-ro";
    }
}
