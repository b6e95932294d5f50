using System.Net;

namespace SmsCampaign.Messages;

/// <summary>What holds a lane, as far as the program knows it apart from the gateway's words, which stand beside it.
/// The numbers are stored in ledgers: never renumber.</summary>
public enum HoldCause
{
    /// <summary>What the gateway said is all there is, or nothing is to be said.</summary>
    AsSaid = 0,

    /// <summary>The gateway could not be reached.</summary>
    NoConnection = 1,

    /// <summary>The gateway let the account log in and did not know the session that it had just given.</summary>
    SessionRefused = 2,

    /// <summary>The account is not let in (HTTP 401, 403).</summary>
    NotLetIn = 3,

    /// <summary>The account has no money (HTTP 402).</summary>
    NoMoney = 4,

    /// <summary>There is no such gateway at its address (HTTP 404, 405, 410).</summary>
    WrongAddress = 5,

    /// <summary>The gateway is out of service (HTTP 503).</summary>
    OutOfService = 6,

    /// <summary>The gateway was reached, and its certificate is not trusted: nothing was sent.</summary>
    NotTrusted = 7,

    /// <summary>No answer came in time.</summary>
    NoAnswer = 8,

    /// <summary>The connection was lost before the answer came.</summary>
    ConnectionLost = 9,

    /// <summary>An answer that makes no sense.</summary>
    Unreadable = 10,
}

/// <summary>What HTTP statuses say of a lane.</summary>
static class HoldCauses
{
    public static HoldCause Of(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => HoldCause.NotLetIn,
        HttpStatusCode.PaymentRequired => HoldCause.NoMoney,
        HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Gone => HoldCause.WrongAddress,
        HttpStatusCode.ServiceUnavailable => HoldCause.OutOfService,
        _ => HoldCause.AsSaid,
    };
}
