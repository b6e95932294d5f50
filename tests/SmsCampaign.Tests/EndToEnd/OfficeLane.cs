using System.Text.Json;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>
/// A lane of an installation under test, and the subscribers it serves.
/// </summary>
/// <param name="Carrier">Its name, its carrier's and the simulated carrier's.</param>
/// <param name="FirstNumber">Subscribers are numbered on from here.</param>
/// <param name="Rate">Parts in any second; requests where it logs in.</param>
sealed record OfficeLane(string Carrier, long FirstNumber, int Subscribers, int Rate)
{
    static readonly string[] Loopback = ["127.0.0.1"];

    /// <summary>In the folder of the installation.</summary>
    public const string PasswordFile = "password";

    /// <summary>Whether its gateway must be logged in to, as MobiFone's: it brings no receipts, and a message without
    /// an answer stays uncertain.</summary>
    public bool LogsIn { get; init; }

    public int MaxInFlight { get; init; } = 8;

    public int MostPerCall { get; init; } = 1;

    /// <summary>Most calls at once; null: as the program chooses.</summary>
    public int? Connections { get; init; }

    public string ReceiptTrust { get; init; } = "handset";

    /// <summary>Carriers whose subscribers it may take over.</summary>
    public IReadOnlyList<string> FallbackFor { get; init; } = [];

    public bool StandIn { get; init; } = true;

    public TimeSpan ReceiptTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>As it is, no test waits it out.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether its gateway drops repeats.</summary>
    public bool RepeatsDropped { get; init; }

    /// <summary>How long after an attempt its gateway is asked; null: it cannot be.</summary>
    public TimeSpan? AskAfter { get; init; }

    public IEnumerable<long> Numbers => Enumerable.Range(0, Subscribers).Select(at => FirstNumber + at);

    /// <summary>Its section of the installation file: the simulator's dialect, as
    /// config/smscampaign.json has it.</summary>
    public object Section(Uri network) => LogsIn ? SectionWithSessions(network) : SectionOfHttp(network);

    object SectionWithSessions(Uri network) => new
    {
        type = "mobifone",
        standIn = StandIn,
        carriers = new[] { Carrier },
        fallbackFor = FallbackFor,
        rate = Rate,
        rateUnit = "requests",
        maxInFlight = MaxInFlight,
        pricePerPart = 300,
        receiptTrust = "none",
        receiptTimeout = ReceiptTimeout.ToString("c"),
        answerTimeout = AnswerTimeout.ToString("c"),
        lengthTable = "care",
        url = new Uri(network, $"/{Carrier}/").ToString(),
        user = "u",
        password = $"${{file:{PasswordFile}}}",
        codes = new
        {
            barred_number = "number",
            barred_content = "content",
            unknown_sender = "content",
            other_network = "otherNetwork",
            invalid_number = "number",
        },
    };

    Dictionary<string, object> SectionOfHttp(Uri network)
    {
        var message = new Dictionary<string, string>
        {
            ["reference"] = "{reference}",
            ["to"] = "{to}",
            ["from"] = "{sender}",
            ["text"] = "{text}",
            ["encoding"] = "{encoding}",
            ["parts"] = "{parts:number}",
        };
        var section = new Dictionary<string, object>
        {
            ["type"] = "http",
            ["standIn"] = StandIn,
            ["carriers"] = new[] { Carrier },
            ["fallbackFor"] = FallbackFor,
            ["rate"] = Rate,
            ["maxInFlight"] = MaxInFlight,
            ["mostPerCall"] = MostPerCall,
            ["pricePerPart"] = 300,
            ["receiptTrust"] = ReceiptTrust,
            ["receiptTimeout"] = ReceiptTimeout.ToString("c"),
            ["answerTimeout"] = AnswerTimeout.ToString("c"),
            ["repeatsDropped"] = RepeatsDropped,
            ["url"] = new Uri(network, $"/{Carrier}/messages").ToString(),
            ["body"] = MostPerCall > 1 ? new { messages = "{items}" } : message,
            ["answer"] = Answer,
            ["receipts"] = Receipts,
        };
        if (!StandIn)
            section["callback"] = new { from = Loopback };
        if (MostPerCall > 1)
            section["item"] = message;
        if (Connections is { } connections)
            section["connections"] = connections;
        if (AskAfter is { } after)
            section["inquiry"] = Inquiry(network, after);
        return section;
    }

    /// <summary>The simulator's inquiry, in lists; what it does not know it never took.</summary>
    object Inquiry(Uri network, TimeSpan askAfter) => new
    {
        url = new Uri(network, $"/{Carrier}/inquiry").ToString(),
        method = "POST",
        body = new { references = "{items}" },
        item = "{reference}",
        mostPerQuery = 50,
        perSecond = 20,
        askAfter = askAfter.ToString("c"),
        beforeTimeout = (ReceiptTimeout - askAfter).ToString("c"),
        absentMeansNotTaken = true,
        items = "messages",
        reference = "reference",
        id = "id",
        status = "status",
        statuses = new
        {
            ACCEPTD = "accepted",
            DELIVRD = "delivered",
            EXPIRED = "failed",
            UNDELIV = "failed",
            REJECTD = "failed",
            ABSENT = "absent",
        },
        code = "code",
    };

    Dictionary<string, object> Answer
    {
        get
        {
            var answer = new Dictionary<string, object>
            {
                ["code"] = "code",
                ["id"] = "id",
                ["accepted"] = new[] { "queued" },
                ["refused"] = new { barred_number = "number", barred_content = "content", unknown_sender = "sender" },
                ["throttled"] = new[] { "too_fast" },
                ["otherNetwork"] = new[] { "other_network" },
                ["configuration"] = new[] { "no_money" },
            };
            if (MostPerCall > 1)
                (answer["results"], answer["match"], answer["reference"]) = ("results", "reference", "reference");
            return answer;
        }
    }

    static readonly JsonElement Receipts = JsonDocument.Parse("""
        {
          "items": "receipts", "reference": "reference", "id": "id", "status": "status", "code": "code", "time": "at", "part": "part", "parts": "parts",
          "statuses": { "DELIVRD": "delivered", "EXPIRED": "failed", "UNDELIV": "failed" },
          "failures": { "EXPIRED": "expired", "absent_subscriber": "network", "memory_full": "network", "barred_subscriber": "number" }
        }
        """).RootElement;
}
