-- Addresses are exact: a star stands for nobody's (issue 12, against IDP-3). Those registered with one go: whoever held them
-- registers each host, before this version starts if people are not to be turned away meanwhile.
update connect.clients
set redirect_uris = array(
        select uri from unnest(redirect_uris) with ordinality as kept (uri, place)
        where position('*' in uri) = 0 order by place),
    post_logout_redirect_uris = array(
        select uri from unnest(post_logout_redirect_uris) with ordinality as kept (uri, place)
        where position('*' in uri) = 0 order by place)
where position('*' in array_to_string(redirect_uris || post_logout_redirect_uris, ' ')) > 0;
comment on column connect.clients.redirect_uris is 'Where codes may be sent, character for character.';
comment on column connect.clients.post_logout_redirect_uris is 'Where people may be sent after logging out; same rule.';

alter table connect.clients
    add column refresh_tokens         boolean not null default false,
    add column backchannel_logout_uri text;
comment on column connect.clients.refresh_tokens is 'It gets refresh tokens without asking for the scope offline_access.';
comment on column connect.clients.backchannel_logout_uri is 'Where it is told, server to server, that someone was logged out.';
