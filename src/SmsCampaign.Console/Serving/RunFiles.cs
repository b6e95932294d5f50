using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SmsCampaign.Files;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.WebConsole.Parts;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Uploads;
using SmsCampaign.WebConsole.Words;

namespace SmsCampaign.WebConsole.Serving;

/// <summary>
/// The files of a run for whoever may have them: reports, charts, letters. Each is looked for among names that are
/// fixed; no path is ever made of what a request says.
/// </summary>
static class RunFiles
{
    /// <summary>Of a chart.</summary>
    public const string DrawingType = "image/svg+xml";

    public static void Map(IEndpointRouteBuilder web)
    {
        var run = web.MapGroup("/chien-dich/{campaign}/{date}").RequireAuthorization();
        run.MapGet("/bao-cao/tep/{file}", (HttpContext context, string campaign, string date, string file) => Answer(
            context,
            campaign,
            date,
            Right.See,
            (place, time, of) => new ReportDesk(place.Data, time).FindFile(of.ToKey(), file) is { } found
                ? Attach(found.Path, $"{of.ToKey().FileName}-{found.Name}")
                : null));
        run.MapGet("/bao-cao/so-day-du/tep", (HttpContext context, string campaign, string date) => Answer(
            context,
            campaign,
            date,
            Right.Administer,
            (place, time, of) => FindUnmasked(context, place, time, of.ToKey())));
        run.MapGet("/bao-cao/bieu-do/{id}.svg", (HttpContext context, string campaign, string date, string id) =>
            Answer(
                context,
                campaign,
                date,
                Right.See,
                (place, time, of) => new ReportDesk(place.Data, time).FindChart(of.ToKey(), id) is { } chart
                    ? Results.Text(chart.Svg, DrawingType)
                    : null));
        run.MapGet("/phoi-hop/tep/{file}", (HttpContext context, string campaign, string date, string file) => Answer(
            context,
            campaign,
            date,
            Right.See,
            (place, time, of) => new OrderDesk(place.Data, time).FindFiles(of).FirstOrDefault(
                each => each.Name == file && RealPath.ReadLink(each.Path) is null) is { } found
                    ? Attach(found.Path, $"{of.ToKey().FileName}-{found.Name}")
                    : null));
    }

    /// <summary>The ZIP with numbers in full for whoever had it written, as long as it is that one. That they take it
    /// is on record before they do.</summary>
    static IResult? FindUnmasked(HttpContext context, ConsolePlace place, TimeProvider time, RunKey run)
    {
        var person = new CurrentPerson(context.User);
        var copy = context.RequestServices.GetRequired<OutcomeShelf<UnmaskedCopy>>().Find(
            $"{context.Request.Query["lay"]}", person.Id, $"{run}");
        var desk = new ReportDesk(place.Data, time);
        if (copy is null || UnmaskedCopy.Of(desk.PlacesOf(run)) != copy)
            return null;

        // As it is open it is compared: the next export puts another file in its place.
        FileStream? file = OrdinaryFile.OpenRead(copy.Path);
        try
        {
            if (!copy.Is(file))
                return null;

            desk.RecordTaken(person.Who, run);
            var result = Results.File(file, ReportFileWords.TypeOf(copy.Path), $"SO-DAY-DU-{run.FileName}.zip");
            file = null;
            return result;
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>What is found for somebody who has the right, of a run that they may see; else that there is no such
    /// page.</summary>
    static IResult Answer(
        HttpContext context,
        string campaign,
        string date,
        Right right,
        Func<ConsolePlace, TimeProvider, RunRecord, IResult?> find)
    {
        var services = context.RequestServices;
        var (place, person) = (services.GetRequired<ConsolePlace>(), new CurrentPerson(context.User));
        if (!person.May(right, campaign)
            || SeenRun.Find(place, person, campaign, date) is not { } run
            || run.FindKey() is null)
            return Results.NotFound();

        try
        {
            return find(place, services.GetRequired<TimeProvider>(), run) ?? Results.NotFound();
        }
        catch (Exception closed) when (closed is LedgerException or IOException or UnauthorizedAccessException)
        {
            return Results.NotFound(); // the page that links here says why
        }
    }

    static IResult Attach(string path, string name) =>
        Results.File(OrdinaryFile.OpenRead(path), ReportFileWords.TypeOf(path), name);

    static T GetRequired<T>(this IServiceProvider services) where T : notnull =>
        Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<T>(services);
}
