using System.Globalization;
using System.Web;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.MobiFone;

namespace SmsCampaign.Tests.Carriers.MobiFone;

public sealed class MobiFoneGateway : PlayedGateway
{
    readonly Lock _lock = new();
    int _sends;
    string? _first;

    public override string Type => "mobifone";

    /// <summary>Messages after which the first session that a message was taken under is over. Never unless
    /// set.</summary>
    public int FirstSessionEndsAfter { get; set; } = int.MaxValue;

    /// <summary>Messages after which the account is locked. Never unless set.</summary>
    public int LocksAfter { get; set; } = int.MaxValue;

    public int Logins { get; private set; }

    /// <summary>Under which a message was taken. A login whose answer came too late has given one that nobody uses.
    /// </summary>
    public HashSet<string> UsedSessions { get; } = [];

    public override string Section(Uri at, string secret) => $$"""
        "url": "{{at}}smsg/", "user": "u", "password": "{{secret}}"
        """;

    /// <summary>The same answer lets a login in.</summary>
    public override string Accepting(IReadOnlyList<OutboundSms> messages) =>
        """{"sid": "0123456789abcdef", "message": "ok", "status": "200"}""";

    public override PlayedAnswer Answer(PlayedRequest request, Func<PlayedMessage, PlayedVerdict> judge)
    {
        var query = HttpUtility.ParseQueryString(request.Query);
        lock (_lock)
        {
            if (request.Path.EndsWith("login.jsp", StringComparison.Ordinal))
                return new(200, _sends >= LocksAfter
                    ? """{"message": "account locked", "status": "403"}"""
                    : $$"""{"sid": "sid-{{++Logins}}\r\n", "status": "200"}""");
            if (_sends >= LocksAfter || (_sends >= FirstSessionEndsAfter && query["sid"] == _first))
                return new(401, "SessionExpired");

            _sends++;
            UsedSessions.Add(_first ??= query["sid"]!);
            UsedSessions.Add(query["sid"]!);
            judge(new(long.Parse(query["recipient"]!, CultureInfo.InvariantCulture), query["content"]!));
            return new(200, """{"message": "ok", "status": "200"}""");
        }
    }

    internal override IEnumerable<SendResult?> Known() =>
        Enum.GetValues<MobiFoneMeaning>()
            .Select(meaning => MobiFoneCarrier.Refusal(meaning, "code 402", null))
            .Append(SendResult.UnknownCode("77"));
}
