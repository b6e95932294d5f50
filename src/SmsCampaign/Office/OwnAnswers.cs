using System.Text.Json;

namespace SmsCampaign.Office;

/// <summary>How the worker answers whoever asks whether it lives, so that an answer of another program is not taken for
/// one of its own.</summary>
public static class OwnAnswers
{
    /// <summary>Where receipts come, as the address <c>/healthz</c>: it lives.</summary>
    public const string Ok = "ok";

    /// <summary>It lives, as <c>/health/live</c> has it.</summary>
    public const string Live = "live";

    /// <summary>A loop of it hangs, as either has it.</summary>
    public const string Stuck = "stuck";

    /// <summary>Bytes of an answer that are read, at most: all of one with a few reasons.</summary>
    public const int MostBytes = 4_000;

    /// <summary>Whether the beginning of a body says that the worker lives, or is ready.</summary>
    public static bool SaysLive(string body) =>
        body.TrimEnd() == Ok || Has(body, Live) || Has(body, "ready");

    /// <summary>Whether the worker itself says that it is stuck.</summary>
    public static bool SaysStuck(string body) => body.TrimEnd() == Stuck || Has(body, Stuck);

    /// <summary>What it says is wrong with it; none where that cannot be read, as of a body that was cut off.</summary>
    public static IReadOnlyList<Wording> ReasonsOf(string body)
    {
        try
        {
            using var said = JsonDocument.Parse(body);
            return
            [
                .. said.RootElement.GetProperty("reasons").EnumerateArray().Select(reason => new Wording(
                    reason.GetProperty("vi").GetString() ?? "", reason.GetProperty("en").GetString() ?? "")),
            ];
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }

    static bool Has(string body, string status) =>
        body.StartsWith($"{{\"status\":\"{status}\",\"at\":", StringComparison.Ordinal);
}
