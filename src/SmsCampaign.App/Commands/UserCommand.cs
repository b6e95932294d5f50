using System.CommandLine;
using SmsCampaign.Installations;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign user add|link|set|close|reopen NAME …, user list</summary>
sealed class UserCommand
{
    readonly Terminal _terminal;
    readonly Argument<string> _name;
    readonly Option<string?> _fullName;
    readonly Option<string[]> _roles;
    readonly Option<string?> _osAccount;
    readonly Option<string?> _by;

    UserCommand(Terminal terminal)
    {
        _terminal = terminal;
        _name = new Argument<string>(terminal.Text("tên-đăng-nhập", "name"))
        {
            Description = terminal.Text(
                "chữ thường không dấu, chữ số, dấu chấm, gạch", "lower-case letters, digits, dots, hyphens"),
        };
        _fullName = new Option<string?>("--full-name")
        {
            HelpName = terminal.Text("họ tên", "name"),
            Description = terminal.Text("họ tên, chức vụ", "name and office"),
        };
        _roles = new Option<string[]>("--role")
        {
            HelpName = terminal.Text("vai trò", "role"),
            Description = terminal.Text(
                "vai trò: soan-thao, phe-duyet, van-hanh, xem, quan-tri; chỉ cho một chiến dịch thì ghi như "
                    + "phe-duyet@ma-chien-dich; ghi được nhiều lần",
                "role: soan-thao (drafts), phe-duyet (approves), van-hanh (operates), xem (looks), quan-tri "
                    + "(administers); of one campaign alone as phe-duyet@campaign-id; may be given again"),
            AllowMultipleArgumentsPerToken = true,
        };
        _osAccount = new Option<string?>("--os-account")
        {
            HelpName = terminal.Text("tài khoản", "account"),
            Description = terminal.Text(
                "tài khoản của người này trên máy chủ, để biết hai tài khoản là một người; \"\" nếu không có",
                "the person's account on the server, so that both are known to be one person's; \"\" for none"),
        };
        _by = new Option<string?>("--by")
        {
            HelpName = terminal.Text("họ tên", "name"),
            Description = terminal.Text("họ tên người quyết định", "name of who decides"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var user = new UserCommand(terminal);
        return new Command("user", terminal.Text(
            "Ai được vào trang web của chương trình, với vai trò gì",
            "Who may sign in to the web pages, and as what"))
        {
            user.Verb("add", new Wording(
                "Thêm người dùng; in ra liên kết dùng một lần trong 1 giờ để người đó đặt mật khẩu",
                "Add a user; prints a link, good once within an hour, by which they set a password"),
                user.AddAsync, user._name, user._fullName, user._roles, user._osAccount, user._by),
            user.Verb("link", new Wording(
                "Cấp liên kết mới khi quên mật khẩu hoặc mất điện thoại; mọi phiên đang mở bị đóng",
                "Give another link, for a lost password or phone; ends every session"),
                user.LinkAsync, user._name, user._by),
            user.Verb("set", new Wording(
                "Đổi vai trò hoặc tài khoản máy chủ của người dùng; người đó phải đăng nhập lại",
                "Change a user's roles or account on the server; they sign in again"),
                user.SetAsync, user._name, user._roles, user._osAccount, user._by),
            user.Verb("close", new Wording(
                "Không cho đăng nhập nữa, đóng mọi phiên đang mở",
                "Let somebody in no more, and end their sessions"),
                user.CloseAsync, user._name, user._by),
            user.Verb("reopen", new Wording(
                "Cho đăng nhập lại", "Let somebody in again"), user.OpenAsync, user._name, user._by),
            user.Verb("list", new Wording(
                "Liệt kê người dùng, vai trò, lần đăng nhập đang mở", "List users, roles and open sessions"),
                user.ListAsync),
        };
    }

    Command Verb(string name, Wording what, Func<ParseResult, PeopleAccess, Task<int>> run, params Symbol[] symbols)
    {
        var command = new Command(name, what.In(_terminal.Language));
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }

        command.SetAction(async (parsed, _) =>
        {
            var data = SharedOptions.FolderOf(parsed);
            await using var people = await PeopleAccess.OpenAsync(data, _terminal.Time);
            try
            {
                return await run(parsed, people);
            }
            catch (Exception broken) when (PeopleStore.Name(broken, data) is { } named)
            {
                throw named;
            }
        });
        return command;
    }

    Who WhoOf(ParseResult parsed) => SharedOptions.WhoBy(parsed.GetValue(_by)).OrAccount;

    async Task<int> AddAsync(ParseResult parsed, PeopleAccess people)
    {
        var problems = new List<Wording>();
        var grants = ReadGrants(parsed, problems);
        var name = parsed.GetRequiredValue(_name);
        if (problems.Count == 0)
            problems.AddRange(await people.Desk.AddAsync(
                WhoOf(parsed),
                name,
                parsed.GetValue(_fullName) ?? "",
                parsed.GetValue(_osAccount) ?? "",
                grants));
        return Refuse(problems) ?? await SayLinkAsync(parsed, people, (await people.Desk.FindAsync(name))!);
    }

    async Task<int> LinkAsync(ParseResult parsed, PeopleAccess people) =>
        await FindAsync(parsed, people) is { } person
            ? await SayLinkAsync(parsed, people, person)
            : ExitCode.InputHasProblems;

    async Task<int> SetAsync(ParseResult parsed, PeopleAccess people)
    {
        if (await FindAsync(parsed, people) is not { } person)
            return ExitCode.InputHasProblems;

        var problems = new List<Wording>();
        var isRoles = parsed.GetValue(_roles) is { Length: > 0 };
        var grants = isRoles ? ReadGrants(parsed, problems) : [];
        if (!isRoles && parsed.GetValue(_osAccount) is null)
            problems.Add(new Wording(
                "Cần ghi --role hoặc --os-account: đổi gì?", "Give --role or --os-account: what is to change?"));
        if (Refuse(problems) is { } exit)
            return exit;

        if (isRoles && Refuse(await people.Desk.GrantAsync(WhoOf(parsed), person, grants)) is { } refused)
            return refused;
        if (parsed.GetValue(_osAccount) is { } account)
            await people.Desk.SetOsAccountAsync(WhoOf(parsed), person, account);
        _terminal.Say(
            $"Đã đổi {person.UserName}; người này phải đăng nhập lại.",
            $"{person.UserName} is changed, and signs in again.");
        return ExitCode.Done;
    }

    async Task<int> CloseAsync(ParseResult parsed, PeopleAccess people)
    {
        if (await FindAsync(parsed, people) is not { } person)
            return ExitCode.InputHasProblems;

        if (Refuse(await people.Desk.CloseAsync(WhoOf(parsed), person, isClosed: true)) is { } refused)
            return refused;

        _terminal.Say(
            $"{person.UserName} không đăng nhập được nữa; mọi phiên đang mở đã đóng.",
            $"{person.UserName} may sign in no more; every session is ended.");
        return ExitCode.Done;
    }

    async Task<int> OpenAsync(ParseResult parsed, PeopleAccess people)
    {
        if (await FindAsync(parsed, people) is not { } person)
            return ExitCode.InputHasProblems;

        await people.Desk.CloseAsync(WhoOf(parsed), person, isClosed: false);
        _terminal.Say($"{person.UserName} đăng nhập lại được.", $"{person.UserName} may sign in again.");
        return ExitCode.Done;
    }

    async Task<int> ListAsync(ParseResult parsed, PeopleAccess people)
    {
        var all = await people.Desk.ReadAsync();
        if (all.Count == 0)
            _terminal.Say("Chưa có người dùng nào.", "There are no users.");
        foreach (var (person, grants) in all)
        {
            var roles = string.Join(", ", grants.Select(grant =>
                Grant.WordsOf(grant.Right).In(_terminal.Language)
                    + (grant.Campaign is { } campaign ? $" ({campaign})" : "")));
            var open = (await people.Sessions.ReadAsync(person.Id)).Count;
            var state = person.ClosedAt is not null ? new Wording("ĐÃ ĐÓNG", "CLOSED")
                : !person.TwoFactorEnabled ? new Wording("chưa nhận tài khoản", "not taken up yet")
                : new Wording($"{open} phiên đang mở", $"sessions open: {open}");
            _terminal.Say(
                $"{person.UserName}: {person.FullName}; {roles}; {state}",
                $"{person.UserName}: {person.FullName}; {roles}; {state}");
        }

        return ExitCode.Done;
    }

    async Task<int> SayLinkAsync(ParseResult parsed, PeopleAccess people, Person person)
    {
        var path = await people.Desk.InviteAsync(WhoOf(parsed), person);
        var console = Installation.Read(SharedOptions.InstallationOf(parsed).ToString()).Installation?.Console;
        var address = console?.PublicAddress?.GetLeftPart(UriPartial.Authority) ?? "http://127.0.0.1:8443";
        _terminal.Say(
            $"Gửi riêng liên kết này cho {person.FullName}; dùng được một lần, trong 1 giờ:\n{address}{path}",
            $"Give this link to {person.FullName} alone; it is good once, within an hour:\n{address}{path}");
        if (console is not { Address.Length: > 0 })
            _terminal.Say(
                $"Tệp cấu hình chưa ghi console.address: trang web mở ở địa chỉ khác (như --listen) thì thay {address} "
                    + $"bằng địa chỉ ấy.",
                $"The installation file has no console.address: where the pages are served elsewhere (as by --listen), "
                    + $"put that address in place of {address}.");
        return ExitCode.Done;
    }

    async Task<Person?> FindAsync(ParseResult parsed, PeopleAccess people)
    {
        var name = parsed.GetRequiredValue(_name);
        if (await people.Desk.FindAsync(name) is { } person)
            return person;

        var known = string.Join(", ", (await people.Desk.ReadAsync()).Select(each => each.Person.UserName));
        _terminal.SayError(new Wording(
            $"Không có người dùng '{name}'. Đang có: {(known.Length > 0 ? known : "không ai")}.",
            $"There is no user '{name}'. There are: {(known.Length > 0 ? known : "none")}."));
        return null;
    }

    List<Grant> ReadGrants(ParseResult parsed, List<Wording> problems)
    {
        var grants = new List<Grant>();
        foreach (var word in parsed.GetValue(_roles) ?? [])
        {
            if (Grant.ReadWord(word) is { } grant)
                grants.Add(grant);
            else
                problems.Add(new Wording(
                    $"Không có vai trò '{word}'. Có: {string.Join(", ", Grant.Words.Keys)}; cho một chiến dịch: "
                        + $"phe-duyet@ma-chien-dich.",
                    $"There is no role '{word}'. There are: {string.Join(", ", Grant.Words.Keys)}; of one campaign: "
                        + $"phe-duyet@campaign-id."));
        }

        return grants;
    }

    int? Refuse(IReadOnlyList<Wording> problems)
    {
        foreach (var problem in problems)
            _terminal.SayError(problem);
        return problems.Count > 0 ? ExitCode.InputHasProblems : null;
    }
}
