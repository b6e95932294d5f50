using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers;

/// <summary>
/// A carrier's gateway, played in its own protocol: what a lane at it is written as, what a request asks and what it
/// answers. One a type of lane, for the tests of its adapter, the end-to-end test and the benchmark.
/// </summary>
public abstract class PlayedGateway
{
    /// <summary>Of every type of lane that is played, by its name.</summary>
    public static IReadOnlyDictionary<string, PlayedGateway> All() => typeof(PlayedGateway).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(PlayedGateway)))
        .Select(type => (PlayedGateway)Activator.CreateInstance(type)!)
        .ToDictionary(gateway => gateway.Type);

    /// <summary>The type of lane.</summary>
    public abstract string Type { get; }

    /// <summary>Of every answer.</summary>
    public virtual string ContentType => "application/json";

    /// <summary>The alphabet in which it is handed a text of letters that GSM 03.38 has and ASCII has not; null: as
    /// lengthTable says.</summary>
    public virtual SmsEncoding? OfGsmLetters => SmsEncoding.Ucs2;

    /// <summary>The keys of a lane's section beside those that every lane has, as JSON.</summary>
    /// <param name="at">Where it is played: ends in a slash.</param>
    /// <param name="secret">What stands in the place of a secret, such as ${env:TOKEN}.</param>
    public abstract string Section(Uri at, string secret);

    /// <summary>A whole answer that takes messages.</summary>
    public abstract string Accepting(IReadOnlyList<OutboundSms> messages);

    /// <summary>Answers a request.</summary>
    /// <param name="judge">What becomes of a message; where it is taken, nobody else may get it.</param>
    public abstract PlayedAnswer Answer(PlayedRequest request, Func<PlayedMessage, PlayedVerdict> judge);

    /// <summary>Every answer that its adapter's own tables know.</summary>
    internal abstract IEnumerable<SendResult?> Known();
}

/// <param name="Query">Without the question mark.</param>
public readonly record struct PlayedRequest(string Path, string Query, string Body);

public readonly record struct PlayedAnswer(int Status, string Body);

/// <param name="Number">With 84 before it.</param>
public readonly record struct PlayedMessage(long Number, string Text);

/// <param name="IsTaken">Else the number is on another network.</param>
/// <param name="Network">Which, as the gateway writes it; null where it does not say.</param>
public readonly record struct PlayedVerdict(bool IsTaken, string? Network = null);
