using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.SignIn;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>A page where an administrator says who may come in and do what. Whoever signed in a while ago shows
/// password and code once more for it: a link to another's account is as good as that account.</summary>
public abstract class PeoplePart : OfficePart
{
    [Inject]
    protected PeopleDesk People { get; set; } = null!;

    [Inject]
    protected Sessions Sessions { get; set; } = null!;

    /// <summary>Whether forms ask for password and code.</summary>
    protected bool AsksAgain { get; private set; }

    protected IReadOnlyList<Wording> Problems { get; set; } = [];

    protected sealed override bool IsFor(CurrentPerson person) => person.May(Right.Administer);

    protected override async Task LoadAsync() =>
        AsksAgain = !await Sessions.IsFreshAsync(Http?.User.FindFirstValue(Sessions.Claim) ?? "");

    /// <summary>Whether what was posted is to be done.</summary>
    /// <param name="undone">What was not done where password or code is wrong.</param>
    protected async Task<bool> ConfirmAsync(Wording undone)
    {
        if (!Demand(Right.Administer))
            return false;

        var form = Http!.Request.Form;
        if (AsksAgain && !form.ContainsKey("Given.Password"))
        {
            // Drawn while nothing was asked for: who was not asked has not answered wrongly.
            Problems = [new Wording(
                $"Đã lâu từ lúc đăng nhập: cần nhập lại mật khẩu và mã xác thực; {undone}.",
                $"You signed in a while ago: password and code are needed once more; {undone}.")];
            Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return false;
        }

        if (!AsksAgain
            || (await People.CheckAsync(Person.Name, $"{form["Given.Password"]}", $"{form["Given.Token"]}"))?.Id
                == Person.Id)
            return true;

        Problems = [ConfirmFields.Wrong(undone)];
        Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        SignInLog.NoteRefused(Http, Person.Name);
        return false;
    }
}
