/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * libgit2 without its network. We link its static library, and these entry
 * points stand in for its TLS, SSH and smart-protocol parts, which the linker
 * then leaves out: nothing here ever fetches, and a start takes a third of the
 * time (TLS alone reads every certificate of the system). Should one be called
 * after all, it refuses.
 *
 * The names are those that libgit2 1.5 has between its own parts. With another
 * version, `make OFFLINE=` links the shared library and leaves this file out.
 */
#include <stdbool.h>

#include <git2.h>
#include <git2/sys/stream.h>
#include <git2/sys/transport.h>

extern bool git_http__expect_continue;
bool git_http__expect_continue;

int git_mbedtls_stream_global_init(void);
int git_mbedtls__set_cert_location(const char *file, const char *path);
int git_mbedtls_stream_new(git_stream **out, const char *host,
			   const char *port);
int git_mbedtls_stream_wrap(git_stream **out, git_stream *in, const char *host);
int git_transport_ssh_global_init(void);

/* Called when libgit2 starts: there is nothing to set up. */
int git_mbedtls_stream_global_init(void)
{
	return 0;
}

int git_transport_ssh_global_init(void)
{
	return 0;
}

int git_mbedtls__set_cert_location(const char *file, const char *path)
{
	(void)file, (void)path;
	return GIT_ERROR;
}

int git_mbedtls_stream_new(git_stream **out, const char *host, const char *port)
{
	(void)out, (void)host, (void)port;
	return GIT_ERROR;
}

int git_mbedtls_stream_wrap(git_stream **out, git_stream *in, const char *host)
{
	(void)out, (void)in, (void)host;
	return GIT_ERROR;
}

int git_smart_subtransport_http(git_smart_subtransport **out,
				git_transport *owner, void *param)
{
	(void)out, (void)owner, (void)param;
	return GIT_ERROR;
}

int git_smart_subtransport_git(git_smart_subtransport **out,
			       git_transport *owner, void *param)
{
	return git_smart_subtransport_http(out, owner, param);
}

int git_smart_subtransport_ssh(git_smart_subtransport **out,
			       git_transport *owner, void *param)
{
	return git_smart_subtransport_http(out, owner, param);
}
