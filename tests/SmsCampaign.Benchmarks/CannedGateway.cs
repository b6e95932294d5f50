using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using SmsCampaign.App.Receiving;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// canned-gateway: reads every request to its end and gives all of them the same answer, whatever they ask: Kestrel
/// and nothing else, in a process of its own. Takes content type and answer from two lines of stdin, prints its
/// port, and ends with its stdin.
/// </summary>
static class CannedGateway
{
    public const string Verb = "canned-gateway";

    public static int Run(Arguments arguments) => RunAsync().GetAwaiter().GetResult();

    public static Canned Start(string contentType, string answer)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardInput.WriteLine(contentType);
        process.StandardInput.WriteLine(answer);
        return new Canned(process, int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
    }

    static async Task<int> RunAsync()
    {
        var contentType = Console.ReadLine()!;
        var answer = Encoding.UTF8.GetBytes(Console.ReadLine()!);

        var builder = ReceiptServer.CreateBuilder(new Uri("http://127.0.0.1:0"));
        builder.Logging.ClearProviders();
        await using var web = builder.Build();
        web.Run(async context =>
        {
            var reader = context.Request.BodyReader;
            for (var read = await reader.ReadAsync(); ; read = await reader.ReadAsync())
            {
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    break;
            }

            context.Response.ContentType = contentType;
            context.Response.ContentLength = answer.Length;
            await context.Response.BodyWriter.WriteAsync(answer);
        });
        await web.StartAsync();
        Console.WriteLine(new Uri(web.Urls.First()).Port.ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>One that runs.</summary>
    public sealed class Canned(Process process, int port) : IDisposable
    {
        public Uri Address { get; } = new($"http://127.0.0.1:{port}/");

        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
