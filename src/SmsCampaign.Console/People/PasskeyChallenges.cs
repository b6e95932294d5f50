using System.Security.Cryptography;

namespace SmsCampaign.WebConsole.People;

/// <summary>What a browser was asked to sign with a passkey.</summary>
/// <param name="State">As the handler of passkeys has it.</param>
/// <param name="AddsTo">Id of whom the passkey is to be of, who has shown password and code; null: somebody is to sign
/// in.</param>
/// <param name="Name">Of the passkey that is to be added.</param>
/// <param name="Stamp">Of whom it is to be: another as soon as their password, link or closing is.</param>
sealed record PasskeyChallenge(string State, string? AddsTo, string Name, string Stamp, DateTimeOffset At);

/// <summary>The challenges that are open. Kept by this process alone: each is good once, and one that was given before
/// a new start is good no more.</summary>
sealed class PasskeyChallenges(TimeProvider time)
{
    /// <summary>For how long one is good.</summary>
    public static readonly TimeSpan Lives = TimeSpan.FromMinutes(5);

    /// <summary>More than whoever is let by the limit of signing in asks for.</summary>
    const int Most = 10_000;

    readonly Lock _turn = new();
    readonly Dictionary<string, PasskeyChallenge> _open = [];

    /// <returns>By what the browser that was asked names it.</returns>
    public string Keep(string state, string? addsTo = null, string name = "", string stamp = "")
    {
        var (word, now) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), time.GetUtcNow());
        lock (_turn)
        {
            foreach (var old in _open.Where(each => now - each.Value.At > Lives).Select(each => each.Key).ToList())
                _open.Remove(old);
            if (_open.Count >= Most)
                _open.Remove(_open.MinBy(each => each.Value.At).Key);
            _open[word] = new PasskeyChallenge(state, addsTo, name, stamp, now);
        }

        return word;
    }

    /// <returns>Null where it was taken before, is over, or never was.</returns>
    public PasskeyChallenge? Take(string word)
    {
        lock (_turn)
            return _open.Remove(word, out var challenge) && time.GetUtcNow() - challenge.At <= Lives
                ? challenge
                : null;
    }
}
