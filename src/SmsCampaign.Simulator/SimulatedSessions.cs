using System.Globalization;
using System.Web;

namespace SmsCampaign.Simulator;

/// <summary>
/// The sessions of a stand-in carrier that must be logged in to: <c>GET /NAME/login.jsp</c> gives one,
/// <c>/NAME/send.jsp</c> and <c>send_2.jsp</c> take one message of it in the query (<c>sid</c>, <c>recipient</c>,
/// <c>content</c>). Each login ends the session before.
/// </summary>
sealed class SimulatedSessions(SimulatedSessionOptions options, int seed)
{
    readonly Lock _lock = new();
    int _logins;
    int _answered;
    int _current;
    int _used;
    long _refused;
    long _usedWhenOver;

    /// <returns>The session, and how long the login takes.</returns>
    public (int Number, TimeSpan Latency) Begin()
    {
        lock (_lock)
            return (++_logins, options.LoginLatency + ChanceOf(_logins).Upto(Draw.Latency, options.LoginLatencyJitter));
    }

    /// <summary>The login is about to be answered: of two at once the one that came last counts.</summary>
    public void Open(int number)
    {
        lock (_lock)
        {
            if (number <= _answered)
                return;

            _answered = number;
            (_current, _used) = (ChanceOf(number).Falls(Draw.Refused, options.RefusedShare) ? 0 : number, 0);
        }
    }

    /// <returns>Null where a message is taken under the session; else why not, as the gateway says
    /// it with HTTP 401.</returns>
    public string? Use(string? sid)
    {
        var number = int.TryParse(sid, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        lock (_lock)
        {
            if (number < _answered)
                _usedWhenOver++;
            if (number != 0 && number == _current && _used++ < options.Messages)
                return null;

            _refused++;
            return number == _current ? "SessionExpired" : "SidNotPassed";
        }
    }

    public SessionStats Stats()
    {
        lock (_lock)
            return new SessionStats(_logins, _refused, _usedWhenOver);
    }

    /// <returns>Null where it is not a message.</returns>
    public static (string? Sid, IncomingMessage Message)? ReadMessage(string query)
    {
        var fields = HttpUtility.ParseQueryString(query);
        if (fields["content"] is not { Length: > 0 } content
            || !long.TryParse(fields["recipient"], NumberStyles.None, CultureInfo.InvariantCulture, out var phone))
            return null;

        var parts = IncomingCall.PartsOf(content);
        return (fields["sid"], new IncomingMessage(ReferenceOf(phone, content), phone, parts, parts));
    }

    /// <summary>It is given none.</summary>
    public static string ReferenceOf(long phone, string content) =>
        string.Create(CultureInfo.InvariantCulture, $"{phone} {content}");

    Chance ChanceOf(int number) => new(seed, string.Create(CultureInfo.InvariantCulture, $"session {number}"));
}

/// <summary>What a carrier saw of its sessions.</summary>
/// <param name="Logins">Requests for a session.</param>
/// <param name="Refused">Messages answered 401, as their session was over, or was never good.</param>
/// <param name="UsedWhenOver">Messages that came under a session after a later one had been given.</param>
public sealed record SessionStats(long Logins, long Refused, long UsedWhenOver);
