using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.WebConsole.Parts;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;
using SmsCampaign.WebConsole.Words;

namespace SmsCampaign.WebConsole.Uploads;

/// <summary>
/// Takes a carrier's report from a browser: read by what it is and not by its name, and removed whatever comes of it.
/// </summary>
static class ResultUpload
{
    /// <summary>Bytes: a list of some five million numbers.</summary>
    public const long Most = 200_000_000;

    static readonly UploadLimits Limits = new(
        Most,
        new Wording(
            $"Tệp lớn hơn {ReportFileWords.Size(Most)}, hoặc gửi lên chưa trọn. Chưa nhập gì.",
            $"The file is larger than {ReportFileWords.Size(Most)}, or did not arrive whole. Nothing is imported."),
        "bao-cao");

    static readonly Wording Importing = new("nhập báo cáo của một nhà mạng", "a carrier's report is imported");

    public static void Map(IEndpointRouteBuilder web) =>
        web.MapPost("/chien-dich/{campaign}/{date}/phoi-hop/nhap", TakeAsync).RequireAuthorization();

    static async Task<IResult> TakeAsync(HttpContext context, string campaign, string date)
    {
        var services = context.RequestServices;
        var (place, person) = (services.GetRequiredService<ConsolePlace>(), new CurrentPerson(context.User));
        if (!person.May(Right.Draft, campaign)
            || SeenRun.Find(place, person, campaign, date)?.FindKey() is not { } run)
            return Results.NotFound();

        using var pass = services.GetRequiredService<UploadGate>().PassFor(person.Id);
        var folder = FormUpload.NewFolder(place.Data);
        try
        {
            var desk = DeskOf(services);
            var upload = await FormUpload.ReadAsync(context, folder, Limits with
            {
                Refuse = bytes => desk.Refuse(place.Installation, bytes),
                Enter = pass.Enter,
            });
            if (upload is null)
                return Results.StatusCode(StatusCodes.Status400BadRequest);

            var outcome = upload.Refusal is { } refusal
                ? ImportOutcome.Refuse(upload.Of("holder"), upload.Name, refusal)
                : await ImportInTurnAsync(context, person, run, upload, folder);
            var id = services.GetRequiredService<OutcomeShelf<ImportOutcome>>().Put(person.Id, $"{run}", outcome);
            context.Response.Headers.Location = $"{Addresses.Of(run)}/phoi-hop?nhap={id}";
            return Results.StatusCode(StatusCodes.Status303SeeOther);
        }
        finally
        {
            FormUpload.Remove(folder);
        }
    }

    static ResultDesk DeskOf(IServiceProvider services) => new(
        services.GetRequiredService<ConsolePlace>().Data, services.GetRequiredService<TimeProvider>());

    static async Task<ImportOutcome> ImportInTurnAsync(
        HttpContext context, CurrentPerson person, RunKey run, FormUpload upload, string folder)
    {
        var services = context.RequestServices;
        var turn = services.GetRequiredService<WorkTurn>();
        try
        {
            return await turn.TakeAsync(
                Importing,
                person.Id,
                () => Import(services, person, run, upload, folder),
                context.RequestAborted,
                turn.Patience * WorkTurn.LongPatience);
        }
        catch (TurnTakenException taken)
        {
            return ImportOutcome.Refuse(upload.Of("holder"), upload.Name, taken.Words);
        }
    }

    static ImportOutcome Import(
        IServiceProvider services, CurrentPerson person, RunKey run, FormUpload upload, string folder)
    {
        var place = services.GetRequiredService<ConsolePlace>();
        var problems = new List<Wording>();
        var on = WrittenDay.Read(upload.Of("on"), problems);
        if (problems.Count > 0)
            return ImportOutcome.Refuse(upload.Of("holder"), upload.Name, problems[0]);

        try
        {
            var import = DeskOf(services).Import(
                person.Who,
                run,
                new ResultDelivery(upload.Path, upload.Of("holder"), upload.Of("segment"), on)
                {
                    Document = upload.Find("document"),
                    CorrectsAs = upload.Find("corrects"),
                    Language = services.GetRequiredService<Speech>().Language,
                },
                place.Installation,
                CancellationToken.None);
            return ImportOutcome.Of(upload.Of("holder"), upload.Name, import, folder);
        }
        catch (LedgerException broken)
        {
            return ImportOutcome.Refuse(upload.Of("holder"), upload.Name, broken.Words);
        }
    }
}
