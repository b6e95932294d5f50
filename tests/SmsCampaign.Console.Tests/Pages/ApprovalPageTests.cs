using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>A dossier as two persons submit, approve, refuse and withdraw it on the pages.</summary>
[Trait("Category", "Slow")]
public sealed class ApprovalPageTests(Browser browser) : IAsyncDisposable
{
    const string Page = PlannedCase.Path + "/trinh-duyet";
    const string RevokePage = PlannedCase.Path + "/thu-hoi";
    const string Markup = "<img src=x onerror=alert(1)><script>alert(1)</script>";

    readonly PlannedCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

    [Fact]
    public async Task What_one_submits_another_approves_by_plain_forms_and_it_stands_by_two()
    {
        Browser.Needed();
        await _case.StartAsync();
        await using var first = await browser.OpenAsync(_case.Console.Address, script: false);
        var (officer, _) = await _case.SignInAsync(first, "binh", "soan-thao");
        await officer.GotoAsync(Page);
        await officer.GetByText("Chưa có hồ sơ chờ phê duyệt.").WaitForAsync();
        await officer.GetByText("5 dòng = 3 nhận tin + 2 loại trừ").WaitForAsync();
        await officer.GetByLabel("Lời nhắn").FillAsync("Đã rà danh sách");
        await officer.GetByRole(AriaRole.Button, new() { Name = "Trình phê duyệt 3 tin" }).ClickAsync();
        await officer.GetByText("ĐÃ TRÌNH PHÊ DUYỆT").WaitForAsync();
        Assert.Equal(0, await officer.GetByRole(AriaRole.Button, new() { Name = "Phê duyệt gửi" }).CountAsync());

        await using var second = await browser.OpenAsync(_case.Console.Address, script: false);
        var (leader, key) = await _case.SignInAsync(second, "an", "phe-duyet");
        await leader.GotoAsync(Page);
        await leader.GetByText("đề nghị gửi 3 tin ngày 30/07/2025").WaitForAsync();
        await leader.GetByText("Đã rà danh sách").WaitForAsync();
        await leader.GetByLabel("Đã đọc nội dung").CheckAsync();
        await leader.GetByLabel("Số văn bản").FillAsync("123/QĐ-SKHCN");
        await leader.GetByLabel("Mật khẩu").FillAsync(ConsoleCase.Password);
        await leader.GetByLabel("Mã xác thực").FillAsync("000000");
        await leader.GetByRole(AriaRole.Button, new() { Name = "Phê duyệt gửi 3 tin" }).ClickAsync();
        await leader.GetByText("Sai mật khẩu hoặc mã xác thực; CHƯA phê duyệt.").WaitForAsync();
        Assert.Empty(_case.Registry.ReadApprovals());
        Assert.Equal("123/QĐ-SKHCN", await leader.GetByLabel("Số văn bản").InputValueAsync());

        await leader.GetByLabel("Mật khẩu").FillAsync(ConsoleCase.Password);
        await leader.GetByLabel("Mã xác thực").FillAsync(ConsoleCase.CodeOf(key, 1));
        await leader.GetByRole(AriaRole.Button, new() { Name = "Phê duyệt gửi 3 tin" }).ClickAsync();
        await leader.GetByText("ĐÃ PHÊ DUYỆT, mã").WaitForAsync();
        await leader.GetByText("Dịch vụ gửi bắt đầu lúc 30/07/2025 08:00").WaitForAsync();

        var approval = Assert.Single(_case.Registry.ReadApprovals());
        Assert.True(approval is { Stands: true, IsByTwo: true, Document: "123/QĐ-SKHCN" });
        Assert.StartsWith("web:an@", approval.ByOs, StringComparison.Ordinal);
        Assert.StartsWith("web:binh@", approval.Submission!.ByOs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_submitted_it_is_told_that_it_takes_another_and_approves_nothing_by_a_form_of_their_own()
    {
        await _case.StartAsync();
        var key = await _case.Console.AddPersonAsync("binh", "soan-thao", "phe-duyet");
        _case.Submit();
        using var person = await EnterAsync("binh", key);

        var page = await person.GetStringAsync(Page);
        var answer = await PlannedCase.ForgeAsync(person, Page, "approve", Approval(key));

        Assert.Contains(
            "Hồ sơ do chính tài khoản này trình; cần người khác phê duyệt.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Given.Password", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Cần sửa gì", page, StringComparison.Ordinal); // it is withdrawn
        Assert.False(answer.IsSuccessStatusCode);
        Assert.Empty(_case.Registry.ReadApprovals());
    }

    /// <summary>As who comes in by an identity provider and never took up a link.</summary>
    [Fact]
    public async Task Who_has_no_password_of_ours_is_told_that_approving_takes_one()
    {
        await _case.StartAsync();
        _case.Submit();
        using var leader = await _case.Console.SignInAsync("an", "phe-duyet");
        Assert.DoesNotContain(
            "chưa có mật khẩu và mã xác thực", await leader.GetStringAsync(Page), StringComparison.Ordinal);
        await using (var scope = _case.Console.Web.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
            await users.SetTwoFactorEnabledAsync((await users.FindByNameAsync("an"))!, false);
        }

        var page = await leader.GetStringAsync(Page);

        Assert.Contains("chưa có mật khẩu và mã xác thực của chương trình", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dossier_that_has_changed_since_it_was_looked_at_is_not_approved_and_says_what_is_other()
    {
        await _case.StartAsync();
        _case.Submit();
        var seen = _case.Code;
        var key = await _case.Console.AddPersonAsync("an", "phe-duyet");
        using var leader = await EnterAsync("an", key);
        _case.Folder.Edit("campaign.yaml", "    text: Toàn dân", "    text: Toàn dần");
        _case.Plan();
        _case.Submit();

        var answer = await ConsoleCase.PostAsync(leader, Page, "approve", Approval(key, seen));
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains($"Hồ sơ đã thay đổi từ lúc mở trang: đã xem mã {seen}", page, StringComparison.Ordinal);
        Assert.Contains("messages.chung.text", page, StringComparison.Ordinal);
        Assert.Empty(_case.Registry.ReadApprovals());
    }

    /// <summary>Whoever mistypes a code has read the dossier before, and not the one that has come since.</summary>
    [Fact]
    public async Task A_mistyped_code_ticks_nothing_of_a_dossier_that_has_come_since()
    {
        await _case.StartAsync();
        _case.Submit();
        var seen = _case.Code;
        var key = await _case.Console.AddPersonAsync("an", "phe-duyet");
        using var leader = await EnterAsync("an", key);
        var wrong = Approval(key, seen);
        wrong["Given.Token"] = "000000";
        wrong["Given.Answers"] = HiddenIn(await leader.GetStringAsync(Page), "Given.Answers");

        var same = await (await ConsoleCase.PostAsync(leader, Page, "approve", wrong)).Content.ReadAsStringAsync();
        _case.Folder.Edit("campaign.yaml", "    text: Toàn dân", "    text: Toàn dần");
        _case.Plan();
        _case.Submit();
        var other = await (await ConsoleCase.PostAsync(leader, Page, "approve", wrong)).Content.ReadAsStringAsync();

        Assert.Matches("name=\"Given.Read\"[^>]*checked", same);
        Assert.DoesNotMatch("name=\"Given.Read\"[^>]*checked", other);
        Assert.Contains($"đã xem mã {seen}, nay là mã {_case.Code}", other, StringComparison.Ordinal);
        Assert.Empty(_case.Registry.ReadApprovals());
    }

    /// <summary>By one who has opened the page before.</summary>
    [Fact]
    public async Task What_another_has_withdrawn_since_the_page_was_opened_is_not_approved_unread()
    {
        await _case.StartAsync();
        _case.Submit();
        var first = await _case.Console.AddPersonAsync("an", "phe-duyet");
        var second = await _case.Console.AddPersonAsync("lan", "phe-duyet");
        using var leader = await EnterAsync("an", first);
        using var deputy = await EnterAsync("lan", second);
        var opened = await deputy.GetStringAsync(Page);
        Assert.Equal(
            HttpStatusCode.OK, (await ConsoleCase.PostAsync(leader, Page, "approve", Approval(first))).StatusCode);
        _case.Registry.Revoke(
            PlannedCase.Key,
            [.. _case.Registry.ReadApprovals().Select(approval => approval.Id)],
            PlannedCase.Leader,
            "chờ sửa nội dung",
            _case.Console.Time.GetUtcNow());
        _case.Submit();

        var form = Approval(second);
        form["Given.Answers"] = HiddenIn(opened, "Given.Answers");
        var mistyped = await ConsoleCase.PostAsync(
            deputy, Page, "approve", new(form) { ["Given.Token"] = "000000" });
        Assert.Contains(
            "Từ lúc mở trang, hồ sơ này cũng đã bị thu hồi",
            await mistyped.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
        var answer = await ConsoleCase.PostAsync(deputy, Page, "approve", form);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Từ lúc mở trang đã có người", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("name=\"Given.Read\"[^>]*checked", page);
        Assert.DoesNotContain(_case.Registry.ReadApprovals(), approval => approval.Stands);
    }

    [Fact]
    public async Task A_second_press_says_that_the_first_has_approved()
    {
        await _case.StartAsync();
        _case.Submit();
        var key = await _case.Console.AddPersonAsync("an", "phe-duyet");
        using var leader = await EnterAsync("an", key);
        var form = Approval(key);
        form["Given.Answers"] = HiddenIn(await leader.GetStringAsync(Page), "Given.Answers");

        // The third comes when there is nothing to be approved any more.
        var pressed = await Task.WhenAll(
            PlannedCase.ForgeAsync(leader, Page, "approve", form),
            PlannedCase.ForgeAsync(leader, Page, "approve", form));
        var late = await PlannedCase.ForgeAsync(leader, Page, "approve", form);
        var pages = await Task.WhenAll(pressed.Append(late).Select(answer => answer.Content.ReadAsStringAsync()));

        Assert.Single(_case.Registry.ReadApprovals());
        Assert.Contains(pages, page => page.Contains("ĐÃ PHÊ DUYỆT, mã", StringComparison.Ordinal));
        Assert.All(
            pages,
            page => Assert.True(
                page.Contains("ĐÃ PHÊ DUYỆT, mã", StringComparison.Ordinal)
                || page.Contains("ĐÃ ĐƯỢC PHÊ DUYỆT bằng chính tài khoản này", StringComparison.Ordinal)
                || page.Contains("Đang có một lần trình hoặc phê duyệt khác", StringComparison.Ordinal)
                || page.Contains("có thể do lần bấm trước", StringComparison.Ordinal),
                page));
    }

    [Fact]
    public async Task Files_that_are_other_than_the_plan_are_found_when_it_is_submitted_and_planned_again_by_a_press()
    {
        await _case.StartAsync();
        var before = _case.Code;
        using var officer = await _case.Console.SignInAsync("binh", "soan-thao");
        _case.Folder.Edit("subscribers.csv", "0981234562\n", "");

        var refused = await ConsoleCase.PostAsync(officer, Page, "submission", []);
        var planned = await ConsoleCase.PostAsync(officer, Page, "plan", []);
        var submitted = await ConsoleCase.PostAsync(officer, Page, "submission", []);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var why = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        Assert.Contains("subscribers.csv đã bị sửa", why, StringComparison.Ordinal);
        Assert.Contains("Hãy bấm “Lập lại kế hoạch”", why, StringComparison.Ordinal);
        Assert.DoesNotContain("'plan'", why, StringComparison.Ordinal);
        Assert.Contains("ĐÃ LẬP LẠI KẾ HOẠCH", await planned.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("ĐÃ TRÌNH PHÊ DUYỆT", await submitted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEqual(before, _case.Code);
        var waits = Assert.Single(_case.Registry.Submissions.Read(PlannedCase.Key));
        Assert.StartsWith(_case.Code, waits.Hash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_says_why_to_who_submitted_it()
    {
        await _case.StartAsync();
        _case.Submit();
        using var leader = await _case.Console.SignInAsync("an", "phe-duyet");
        using var officer = await _case.Console.SignInAsync("binh", "soan-thao");

        var none = await ConsoleCase.PostAsync(leader, Page, "reject", new() { ["Given.Reason"] = " " });
        var other = await ConsoleCase.PostAsync(
            leader, Page, "reject", new() { ["Given.Reason"] = "sai", ["Given.Seen"] = "0123456789ab" });
        var open = Assert.Single(_case.Registry.Submissions.Read(PlannedCase.Key)).IsOpen;
        await ConsoleCase.PostAsync(leader, Page, "reject", new() { ["Given.Reason"] = "thiếu ngày, gọi 0912345678" });
        var page = await officer.GetStringAsync(Page);

        Assert.Contains(
            "Hãy ghi lý do không phê duyệt.", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("đã xem mã 0123456789ab", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(open);
        Assert.Contains("thiếu ngày, gọi 0912***678", page, StringComparison.Ordinal);
        Assert.DoesNotContain("0912345678", page, StringComparison.Ordinal);
        Assert.False(Assert.Single(_case.Registry.Submissions.Read(PlannedCase.Key)).IsOpen);
    }

    [Fact]
    public async Task What_is_returned_for_changes_is_a_draft_again_and_its_writer_sees_what_to_change()
    {
        Browser.Needed();
        await _case.StartAsync();
        _case.Submit();
        await using var context = await browser.OpenAsync(_case.Console.Address, script: false);
        var (leader, _) = await _case.SignInAsync(context, "an", "phe-duyet");

        await leader.GotoAsync(Page);
        await leader.Locator("summary", new() { HasText = "Trả lại để sửa" }).ClickAsync();
        await leader.GetByLabel("Cần sửa gì").FillAsync($"ghi đúng ngày, gọi 0912345678 {Markup}");
        await leader.GetByRole(AriaRole.Button, new() { Name = "Trả lại để sửa" }).ClickAsync();
        await leader.GetByText("ĐÃ TRẢ LẠI ĐỂ SỬA hồ sơ của Trần Thị B").WaitForAsync();

        var answer = Assert.Single(_case.Registry.Submissions.Read(PlannedCase.Key)).Rejected!;
        Assert.Equal(RejectionKind.Returned, answer.Kind);
        using var officer = await _case.Console.SignInAsync("binh", "soan-thao");
        var page = await officer.GetStringAsync(Page);
        Assert.Contains("↩ Trả lại để sửa", page, StringComparison.Ordinal);
        Assert.Contains("ghi đúng ngày, gọi 0912***678 &lt;img", page, StringComparison.Ordinal);
        Assert.Contains(
            "Sửa hồ sơ bị trả lại: thu-nghiem", await officer.GetStringAsync("/"), StringComparison.Ordinal);

        _case.Submit();
        page = await officer.GetStringAsync(Page);
        Assert.Contains("Chờ phê duyệt từ", page, StringComparison.Ordinal);
        Assert.Contains("Các lần trình trước: 1", page, StringComparison.Ordinal);
        Assert.Contains("ghi đúng ngày, gọi 0912***678", page, StringComparison.Ordinal);
    }

    /// <summary>The same was submitted again although it is approved.</summary>
    [Theory]
    [InlineData("return", "duc")]
    [InlineData("withdraw", "binh")]
    [InlineData("reject", "duc")]
    public async Task Where_an_approval_stands_no_answer_calls_it_a_draft(string form, string name)
    {
        await _case.StartAsync();
        _case.Submit();
        _case.Approve();
        using var person = await _case.Console.SignInAsync(name, "soan-thao", "phe-duyet");
        _case.Submit();

        var page = await person.GetStringAsync(Page);
        var answer = await ConsoleCase.PostAsync(person, Page, form, new() { ["Given.Reason"] = "nhầm" });

        var done = await answer.Content.ReadAsStringAsync();
        Assert.Contains("VẪN CÓ HIỆU LỰC: lượt gửi vẫn đi theo phê duyệt đó", done, StringComparison.Ordinal);
        Assert.Contains("VẪN HIỆU LỰC", page, StringComparison.Ordinal);
        Assert.DoesNotContain("trở lại nháp", page + done, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_submitted_it_withdraws_it_and_only_what_was_seen()
    {
        await _case.StartAsync();
        using var officer = await _case.Console.SignInAsync("binh", "soan-thao");
        using var other = await _case.Console.SignInAsync("khac", "soan-thao");
        _case.Submit();
        var fields = new Dictionary<string, string> { ["Given.Seen"] = _case.Code, ["Given.Reason"] = "nhầm" };

        Assert.DoesNotContain("Rút hồ sơ", await other.GetStringAsync(Page), StringComparison.Ordinal);
        var forged = await PlannedCase.ForgeAsync(other, Page, "withdraw", fields);
        var stale = await ConsoleCase.PostAsync(
            officer, Page, "withdraw", new(fields) { ["Given.Seen"] = "0123456789ab" });
        var silent = await ConsoleCase.PostAsync(officer, Page, "withdraw", new(fields) { ["Given.Reason"] = " " });
        Assert.False(forged.IsSuccessStatusCode);
        Assert.Contains("đã xem mã 0123456789ab", await stale.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Hãy ghi lý do rút hồ sơ.", await silent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(Assert.Single(_case.Registry.Submissions.Read(PlannedCase.Key)).IsOpen);

        var done = await ConsoleCase.PostAsync(officer, Page, "withdraw", fields);
        Assert.Contains("ĐÃ RÚT HỒ SƠ", await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(
            RejectionKind.Withdrawn,
            Assert.Single(_case.Registry.Submissions.Read(PlannedCase.Key)).Rejected!.Kind);
    }

    [Fact]
    public async Task An_approval_is_withdrawn_with_a_reason_on_a_page_of_its_own()
    {
        Browser.Needed();
        await _case.StartAsync();
        _case.Submit();
        _case.Approve();
        await using var context = await browser.OpenAsync(_case.Console.Address, script: false);
        var (leader, _) = await _case.SignInAsync(context, "duc", "phe-duyet");

        await leader.GotoAsync(Page);
        await leader.GetByRole(AriaRole.Link, new() { Name = "Thu hồi phê duyệt…" }).ClickAsync();
        await leader.GetByText("3 tin sẽ không được gửi cho tới khi phê duyệt lại.").WaitForAsync();
        await leader.GetByLabel("Lý do, căn cứ").FillAsync("lệnh đã rút");
        await leader.GetByRole(AriaRole.Button, new() { Name = "Thu hồi phê duyệt" }).ClickAsync();
        await leader.GetByText("ĐÃ THU HỒI PHÊ DUYỆT").WaitForAsync();

        Assert.NotNull(Assert.Single(_case.Registry.ReadApprovals()).RevokedBy);
        await leader.GotoAsync(RevokePage);
        await leader.GetByText("Không có phê duyệt nào đang có hiệu lực.").WaitForAsync();
    }

    /// <summary>It is on record before the run is held: a fault in between takes nothing of it back.</summary>
    [Theory]
    [InlineData("decision", "ĐÃ ĐƯỢC THU HỒI trên sổ, nhưng chưa xác nhận được là lượt gửi đã dừng", false)]
    [InlineData("revocation", "CHƯA thấy việc thu hồi được ghi", true)]
    public async Task What_is_withdrawn_is_said_to_be_also_where_the_ledger_fails_after(
        string table, string said, bool stands)
    {
        await _case.StartAsync();
        _case.Submit();
        _case.Approve();
        _case.Registry.SetState(PlannedCase.Key, RunState.Sending, _case.Console.Time.GetUtcNow());
        using var leader = await _case.Console.SignInAsync("an", "phe-duyet");
        using (var db = SqliteDb.Open(_case.Folder.Data.Ledger))
            db.Execute($"create trigger broken before insert on {table} begin select raise(abort, 'x'); end");

        var answer = await ConsoleCase.PostAsync(
            leader, RevokePage, "revoke", new() { ["Given.Reason"] = "lệnh đã rút" });
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains(said, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Equal(stands, Assert.Single(_case.Registry.ReadApprovals()).Stands);
    }

    [Fact]
    public async Task An_approval_that_was_given_since_the_page_was_opened_is_not_withdrawn_unseen()
    {
        await _case.StartAsync();
        _case.Submit();
        _case.Approve();
        using var leader = await _case.Console.SignInAsync("an", "phe-duyet");

        var answer = await ConsoleCase.PostAsync(
            leader, RevokePage, "revoke", new() { ["Given.Reason"] = "lệnh đã rút", ["Given.Seen"] = "77" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.True(Assert.Single(_case.Registry.ReadApprovals()).Stands);
    }

    [Fact]
    public async Task Who_may_only_look_sees_it_and_does_nothing_and_who_may_not_sees_no_page()
    {
        await _case.StartAsync();
        _case.Submit();
        using var looker = await _case.Console.SignInAsync("xem", "xem");
        using var other = await _case.Console.SignInAsync("khac", "phe-duyet@lai-chau");

        var page = await looker.GetStringAsync(Page);
        var revoke = await looker.GetAsync(RevokePage);
        var hidden = await other.GetAsync(Page);
        foreach (var form in (string[])["submission", "approve", "return", "reject", "withdraw", "plan"])
        {
            var answer = await PlannedCase.ForgeAsync(
                looker, Page, form, new() { ["Given.Seen"] = _case.Code, ["Given.Reason"] = "x" });
            Assert.False(answer.IsSuccessStatusCode, form);
        }

        Assert.Contains("Tài khoản này chỉ được xem.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Given.Seen", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (revoke.StatusCode, hidden.StatusCode));
        Assert.True(Assert.Single(_case.Registry.Submissions.Read(PlannedCase.Key)).IsOpen);
        Assert.Empty(_case.Registry.ReadApprovals());
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_read_takes_its_block_and_says_so()
    {
        await _case.StartAsync();
        _case.Submit();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(_case.Folder.Ledger(), "không phải sổ");
        using var leader = await _case.Console.SignInAsync("an", "phe-duyet");

        var page = await leader.GetStringAsync(Page);

        Assert.Contains("KHÔNG đọc được sổ của lượt gửi.", page, StringComparison.Ordinal);
        Assert.Contains("Trần Thị B đề nghị gửi (không đọc được) tin", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task The_page_in_its_states_has_no_barrier_no_overflow_and_shows_markup_as_text(int width, bool dark)
    {
        Browser.Needed();
        await _case.StartAsync();
        _case.Submit();
        _case.Approve();
        _case.Folder.Edit("campaign.yaml", "    text: Toàn dân phòng", "    text: Toàn dân cùng phòng");
        _case.Plan();
        _case.Submit(Markup);
        await using var context = await browser.OpenAsync(_case.Console.Address, width, dark: dark);
        var (page, _) = await _case.SignInAsync(context, "duc", "phe-duyet", "soan-thao", "van-hanh");

        await page.GotoAsync(Page);
        await page.GetByText("“" + Markup + "”").WaitForAsync();
        await page.GetByText("So với lần duyệt trước").WaitForAsync();
        Assert.Equal("cùng", await page.Locator("ins").First.InnerTextAsync());
        await CheckAsync(page, "approval-waits", width);
        await page.GetByText("Không phê duyệt").First.ClickAsync();
        await page.Locator("summary", new() { HasText = "Trả lại để sửa" }).ClickAsync();
        await CheckAsync(page, "approval-refuse", width);
        await page.GotoAsync(RevokePage);
        await CheckAsync(page, "revoke", width);
    }

    /// <summary>Whoever works on the looks says where pictures are to go.</summary>
    internal static async Task CheckAsync(IPage page, string name, int width)
    {
        if (Environment.GetEnvironmentVariable("SMS_PICTURES") is { } folder)
            await page.ScreenshotAsync(new() { Path = $"{folder}/{name}-{width}.png", FullPage = true });
        Assert.Empty(await Browser.FindBarriersAsync(page));
        Assert.False(await Browser.OverflowsAsync(page), $"{name} is wider than {width}");
        Assert.Empty(await Browser.RefusedAsync(page));
    }

    async Task<HttpClient> EnterAsync(string name, string key)
    {
        var person = _case.Console.Browse();
        var answer = await ConsoleCase.PostAsync(person, "/dang-nhap", "sign-in", new()
        {
            ["Given.Name"] = name,
            ["Given.Password"] = ConsoleCase.Password,
            ["Given.Code"] = ConsoleCase.CodeOf(key),
        });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return person;
    }

    static string HiddenIn(string page, string name) => page.Split($"name=\"{name}\" value=\"")[1].Split('"')[0];

    Dictionary<string, string> Approval(string key, string? seen = null) => new()
    {
        ["Given.Seen"] = seen ?? _case.Code,
        ["Given.Read"] = "true",
        ["Given.Password"] = ConsoleCase.Password,
        ["Given.Token"] = ConsoleCase.CodeOf(key, 1),
    };
}
