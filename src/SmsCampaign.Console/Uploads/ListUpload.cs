using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmsCampaign.Files;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.WebConsole.Parts;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;
using SmsCampaign.WebConsole.Words;

namespace SmsCampaign.WebConsole.Uploads;

/// <summary>What came of a list that was uploaded: to be shown, numbers masked.</summary>
/// <param name="File">Its name, as a person may know it again.</param>
/// <param name="Said">What came of it.</param>
/// <param name="Problems">Why it is no list; none where it is one.</param>
public sealed record ListOutcome(string File, bool IsTaken, Wording Said, IReadOnlyList<Problem> Problems);

/// <summary>
/// Takes a list of subscribers, or of those who asked for nothing, from a browser, and gives the rows that are
/// excluded.
/// </summary>
static class ListUpload
{
    static readonly UploadLimits Limits = new(
        ListDesk.Most,
        new Wording(
            $"Tệp lớn hơn {ReportFileWords.Size(ListDesk.Most)}, hoặc gửi lên chưa trọn. Chưa nhận gì.",
            $"The file is larger than {ReportFileWords.Size(ListDesk.Most)}, or did not arrive whole. Nothing is "
                + $"taken."),
        "danh-sach");

    static readonly Wording Unused = new(
        "Chưa chọn danh sách này dùng cho nhóm nào. Chưa nhận gì.",
        "It is not said what the list is for. Nothing is taken.");

    public static void Map(IEndpointRouteBuilder web)
    {
        web.MapPost("/chien-dich/{campaign}/danh-sach/tai-len", TakeAsync).RequireAuthorization();
        web.MapGet("/chien-dich/{campaign}/danh-sach/loai-tru.csv", GiveExcluded).RequireAuthorization();
    }

    /// <summary>Whether somebody may do something with a campaign, by its folder and by what the file calls
    /// itself.</summary>
    static bool May(CurrentPerson person, Right right, string campaign, EditedFile? edited) =>
        edited is not null
        && person.May(right, campaign)
        && (edited.Id is not { } id || person.May(right, id));

    static async Task<IResult> TakeAsync(HttpContext context, string campaign)
    {
        var services = context.RequestServices;
        var (place, person) = (services.GetRequiredService<ConsolePlace>(), new CurrentPerson(context.User));
        var desk = DeskOf(services);
        if (!person.May(Right.Draft, campaign) || !May(person, Right.Draft, campaign, desk.Find(campaign)?.Edited))
            return Results.NotFound();

        using var pass = services.GetRequiredService<UploadGate>().PassFor(person.Id);
        var folder = FormUpload.NewFolder(place.Data);
        try
        {
            var upload = await FormUpload.ReadAsync(
                context, folder, Limits with { Refuse = desk.Refuse, Enter = pass.Enter });
            if (upload is null)
                return Results.StatusCode(StatusCodes.Status400BadRequest);

            var outcome = (upload.Refusal ?? (upload.Find("use") is null ? Unused : null)) is { } refusal
                ? new ListOutcome(upload.Name, IsTaken: false, refusal, [])
                : await Task.Run(
                    () => OutcomeOf(upload, folder, desk.Take(
                        person.Who,
                        campaign,
                        new SeenFile(upload.Of("seen"), upload.Find("approved") is not null),
                        upload.Of("use"),
                        upload.Path,
                        upload.Name)),
                    context.RequestAborted);
            var id = services.GetRequiredService<OutcomeShelf<ListOutcome>>().Put(person.Id, campaign, outcome);
            context.Response.Headers.Location = $"{Addresses.OfCampaign(campaign)}/danh-sach?tai={id}";
            return Results.StatusCode(StatusCodes.Status303SeeOther);
        }
        finally
        {
            FormUpload.Remove(folder);
        }
    }

    static IResult GiveExcluded(HttpContext context, string campaign)
    {
        var services = context.RequestServices;
        var person = new CurrentPerson(context.User);
        if (!person.May(Right.See, campaign)
            || DeskOf(services).Find(campaign) is not { } lists
            || !May(person, Right.See, campaign, lists.Edited)
            || services.GetRequiredService<ListReadings>().FindExcluded(campaign, lists.Stamp) is not { } path)
            return Results.NotFound();

        try
        {
            return Results.File(
                OrdinaryFile.OpenRead(path), ReportFileWords.TypeOf(path), $"{campaign}-{ListDesk.ExcludedName}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return Results.NotFound(); // the lists have changed meanwhile: the page that links here says so
        }
    }

    static ListDesk DeskOf(IServiceProvider services)
    {
        var place = services.GetRequiredService<ConsolePlace>();
        return new ListDesk(
            new CampaignFolders(place.Campaigns),
            place.Installation,
            place.Data,
            services.GetRequiredService<TimeProvider>());
    }

    /// <param name="folder">Where the file lay for as long as it was looked at: nothing of it is shown.</param>
    static ListOutcome OutcomeOf(FormUpload upload, string folder, ListResult result) => result switch
    {
        ListResult.Taken(var file, var saved) => new ListOutcome(
            upload.Name,
            IsTaken: true,
            saved is null
                ? new Wording(
                    $"Danh sách này đã có trong chiến dịch, tên {file}. Không có gì phải lưu.",
                    $"The campaign has this list already, as {file}.")
                : new Wording(
                    $"Đã nhận, lưu vào thư mục chiến dịch với tên {file} (tên theo nội dung), và đã ghi vào tệp chiến "
                        + $"dịch, bản {saved.Version.Number}.",
                    $"Taken: it lies in the campaign's folder as {file} (named by its content), and the campaign file "
                        + $"names it, version {saved.Version.Number}.") + ListWords.Voided(saved),
            []),
        ListResult.Refused(var problems) => new ListOutcome(
            upload.Name,
            IsTaken: false,
            new Wording(
                "CHƯA nhận: tệp này không dùng làm danh sách được.", "NOT taken: it cannot be used as a list."),
            problems),
        ListResult.Unnamed(var why) => new ListOutcome(
            upload.Name,
            IsTaken: false,
            ListWords.Refusal(why),
            (why as EditResult.Refused)?.Problems ?? []),
        ListResult.Unwritable(var why) => new ListOutcome(
            upload.Name,
            IsTaken: false,
            Without(folder, ListWords.Refusal(new EditResult.Unwritable(why))),
            []),
        _ => throw new InvalidOperationException($"not what came of a list: {result}"),
    };

    static Wording Without(string folder, Wording words)
    {
        var (vi, en) = (Within(words.Vi), Within(words.En));
        return new Wording($"{vi}", $"{en}");

        string Within(string text) => NumberMask.In(text.Replace(folder, "…", StringComparison.Ordinal));
    }
}
